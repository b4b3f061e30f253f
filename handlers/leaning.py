"""What a text means after what its citizen said, asked or was answered just before."""

import re
from datetime import date

from handlers import texts
from handlers.asides import introduces
from handlers.contacts import asks_for_number, asks_on_contact
from handlers.found import LIKELY, elsewhere_of, is_found, is_of_topic, is_weak, likeliest
from handlers.hearing.preambles import plainly, without_preamble
from handlers.hearing.vocabulary import words
from handlers.lookups import looked_up
from handlers.ports import Departments, Knowledge
from handlers.telling import asks, is_amiss, is_piece, says_what_happened, states
from handlers.told_more import A_NAME
from handlers.turn import Turn
from handlers.unfound import LEAST_WORTH_A_CASE
from knowledge_base.entry import Entry
from knowledge_base.follow_up import asks_on, is_of_another_event, is_only_a_side
from knowledge_base.outcome import Answer, Finding, Suggestions
from knowledge_base.synonyms import default_synonyms, official
from knowledge_base.text import normalise, question_of

_SURE = 0.6
"""The chance from which an entry is offered that stood in no list."""
_TIMES = 1.5
"""How much likelier than the other lines of a list one must be to be offered alone."""


def is_of_its_own(text: str, last: Entry) -> bool:
    """Whether a question that could ask on about the last answer may as well be a new one."""
    told = "".join((last.question, *last.variants, last.answer))
    return is_only_a_side(text) or is_of_another_event(text, told)


class Leaning:
    """Puts a text together with what came before it; it reads and searches, and settles nothing."""

    def __init__(self, knowledge: Knowledge, departments: Departments) -> None:
        self._knowledge = knowledge
        self._departments = departments

    def asked_about(self, turn: Turn, text: str) -> Entry | None:
        """The entry answered just before, if the question asks on and nothing came between."""
        if not turn.entry_in_mind or not asks_on(text):
            return None
        last, case = self._knowledge.entry(turn.entry_in_mind), turn.open_case
        if last is None or case is None or turn.is_of_no_case:
            return last
        return last if texts.general.asked_on("", last) in case.text else None

    def read_already(self, turn: Turn, text: str, found: Suggestions) -> Entry | None:
        """The entry answered just before, if a question is offered nothing else."""
        if not turn.entry_in_mind or not turn.is_of_no_case or not asks(text) or found.elsewhere:
            return None
        if {each.entry.id for each in found.choices} != {turn.entry_in_mind}:
            return None
        return self._knowledge.entry(turn.entry_in_mind)

    def contact_again(self, turn: Turn, whole: str) -> str:
        """Of the office that was asked for just before, and of no answer since."""
        if turn.citizen.last_entry or not turn.has_just_asked or not asks_on_contact(whole):
            return ""
        return looked_up(turn.citizen.question, self._departments)

    def introduced(self, turn: Turn, text: str) -> str:
        """What the citizen said of themselves just before and asked nothing yet, or ""."""
        if not turn.has_just_asked:
            return ""
        said = turn.citizen.question
        if is_piece(text) and self._was_sent_elsewhere(turn) and not asks_for_number(text):
            return "" if self._names_another_thing(text, said) else said
        is_a_piece = (
            0 < len(normalise(said)) < 2 * LEAST_WORTH_A_CASE
            and not turn.citizen.last_entry
            and turn.open_case is None
        )
        return said if introduces(said) or (is_a_piece and not turn.citizen.choices) else ""

    def _names_another_thing(self, text: str, said: str) -> bool:
        """Whether a text names a matter of the county's that the last one did not: 廉租房还有吗."""
        told, known = (f"{each},{official(each)}" for each in map(normalise, (text, said)))
        things = set(default_synonyms().meaning.values())
        named = any(len(word) >= A_NAME and word in told and word not in known for word in things)
        return named or self._departments.matter(told, known) is not None

    def _was_sent_elsewhere(self, turn: Turn) -> bool:
        """Whether the last question was no matter of the county's, and nothing came since."""
        kept = turn.citizen
        if turn.open_case is not None or kept.choices or kept.last_entry:
            return False
        return self._departments.elsewhere(kept.question) is not None

    async def put_together(
        self, turn: Turn, before: str, text: str, whole: str, alone: Finding
    ) -> tuple[Finding, str]:
        """A question that only means something of whom it is asked: 现在有什么补助, of a veteran.

        Put together by the desk, it is never answered directly: the citizen chooses.
        """
        finding = await self._knowledge.search(f"{before} {text}", today=turn.today)
        if isinstance(finding, Answer):
            finding = Suggestions(choices=(finding.best,), ranking=finding.ranking)
        if not is_found(finding) and is_found(alone):
            return alone, whole
        return finding, f"{before}\n{whole}"

    async def narrowed(self, turn: Turn, text: str) -> Suggestions | None:
        """The one line that is meant with what is told of a list: 她是农民, or 过期了 of 身份证.

        It is one of the list's and likelier than the others, or beyond doubt one that the list had
        no place for. A list of one line keeps it, unless something goes wrong with its matter.
        """
        choices = turn.citizen.choices_at(turn.now) if turn.has_fresh_list else ()
        if not choices or not states(text) or not turn.is_of_no_case:
            return None
        if len(choices) == 1 and is_amiss(text):
            return None
        asked = question_of(without_preamble(plainly(turn.citizen.question)))
        finding = await self._knowledge.search(f"{asked} {text}", today=turn.today)
        meant, listed = likeliest(finding), {choice.entry for choice in choices}
        if meant is None or meant.probability < (LIKELY if meant.entry.id in listed else _SURE):
            return None
        alike = [each for each in finding.ranking if each.entry.id in listed - {meant.entry.id}]
        if any(each.probability * _TIMES > meant.probability for each in alike):
            return None
        return Suggestions(choices=(meant,), ranking=finding.ranking)

    async def asked_of_ours(
        self, turn: Turn, text: str, finding: Finding
    ) -> tuple[Finding, str] | None:
        """那你们这里的呢, after a question about another place: the same of the county."""
        if not turn.has_just_asked or not is_of_ours(text) or elsewhere_of(finding):
            return None
        before = turn.citizen.question
        about = elsewhere_of(await self._knowledge.search(question_of(before), today=turn.today))
        if not about:
            return None
        same = re.sub(f"(?:{'|'.join(map(re.escape, about))})[省市县区]?", "", before)
        return await self._knowledge.search(question_of(same), today=turn.today), same

    def says_little(self, text: str, found: Finding) -> bool:
        """Whether a text alone has no more than a word in common with what is found for it."""
        best = likeliest(found)
        is_scrap = len(normalise(text)) < LEAST_WORTH_A_CASE
        guessed = is_scrap and best is not None and best.probability < _SURE
        return is_weak(found) or is_of_topic(found) or guessed or says_what_happened(text)

    async def likelier(
        self, said: str, text: str, alone: Finding, *, today: date
    ) -> Suggestions | None:
        """What a sentence means that was sent in pieces, where that is clearer than its last one,
        `text`. Put together by the desk, it is never answered directly.
        """
        finding = await self._knowledge.search(said, today=today)
        best, before = likeliest(finding), likeliest(alone)
        if best is None:
            return None
        counts = not says_what_happened(text)
        is_other = before is not None and before.entry.id != best.entry.id
        least = before.probability * _TIMES if before is not None and is_other and counts else 0.0
        if best.probability < max(LIKELY, least):
            return None
        if isinstance(finding, Suggestions):
            return finding
        return Suggestions(choices=(best,), ranking=finding.ranking)

    async def was_likely(self, turn: Turn, only: Entry) -> bool:
        """Whether the list of one line was more than a guess at what was asked."""
        asked = question_of(without_preamble(plainly(turn.citizen.question)))
        finding = await self._knowledge.search(asked, today=turn.today)
        found = likeliest(finding)
        return found is None or found.entry.id != only.id or found.probability >= LIKELY


def is_of_ours(text: str) -> bool:
    """Whether a text only says that the county is meant: 本县的, 那你们清禾呢."""
    return words("asides.ours").match(normalise(text)) is not None


def last_clause(whole: str) -> str:
    """What a message asks at its end: 我可以代她办不, after 她不识字."""
    return normalise(re.split(r"[\s,，。;；!！]+", whole.strip())[-1])
