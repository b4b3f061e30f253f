"""The plainest letters: what staff wrote, and one sentence when a case gets more time."""

from cases.case import Case


class PlainLetters:
    """Fits `Letters`; the running service wraps texts in its own words."""

    def reply(self, case: Case) -> str:
        """The approved reply and nothing else."""
        return case.reply

    def question(self, case: Case, question: str) -> str:
        """The approved question and nothing else."""
        return question

    def extended(self, case: Case, progress: str = "") -> str:
        """The interim reply that CASES.md asks for with every extension."""
        day = f"{case.due_date.month}月{case.due_date.day}日"
        why = progress or "情况较复杂，经批准延期办理"
        return f"您反映的事项（编号 {case.number}）{why}，将于{day}前答复您。"

    def reopened(self, case: Case) -> str:
        """What the citizen is told when a supervisor has an answered case done again."""
        day = f"{case.due_date.month}月{case.due_date.day}日"
        return f"您评价不满意的事项（编号 {case.number}）将重新办理，于{day}前再答复您。"
