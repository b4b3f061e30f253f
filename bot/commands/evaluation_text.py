"""The figures of an evaluation for a person, with the reliability plot in characters."""

from typing import Any

NAMES = {
    "top1": "top-1 (R@1)",
    "top3": "top-3",
    "top5": "top-5 (R@5)",
    "mrr10": "MRR@10",
    "above_near_misses": "above every near miss",
    "coverage": "answered directly",
    "right_direct": "right direct answers",
    "wrong_answers": "wrong direct answers",
    "suggestion_hits": "suggestions with the right",
    "offered": "answer or suggestions right",
    "leak": "out-of-scope leak",
    "suggested_without_entry": "suggestions without entry",
    "unlabelled_answered": "unlabelled, answered",
}
GROUPS = {"by_kind": "kind", "by_department": "department", "by_topic": "topic"}
WIDE = 27


def report_lines(data: dict[str, Any]) -> str:
    """All of a report: every share with its 95 % interval and its counts."""
    lines = [f"{data['queries']} queries, {data['answerable']} answerable"]
    if data["degraded"]:
        lines.append(f"by words alone: {data['degraded']}")
    if data["without_known_entry"]:
        lines.append(f"{data['without_known_entry']} name only entries that the file does not have")
    for group in ("ranking", "decision"):
        lines += [_figure_line(NAMES[name], each) for name, each in data[group].items()]
    if data["unlabelled_answered"]["of"]:
        lines.append(_figure_line(NAMES["unlabelled_answered"], data["unlabelled_answered"]))
    lines += _reliability_lines(data["reliability"])
    for name, title in GROUPS.items():
        lines += _group_lines(title, data[name])
    if data["misses"]:
        lines += ["worst misses:", *map(_miss_line, data["misses"])]
    return "\n".join(lines)


def _figure_line(name: str, figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return f"{name:<{WIDE}} –"
    counts = f"  ({figure['hits']}/{figure['of']})" if "hits" in figure else ""
    return (
        f"{name:<{WIDE}} {figure['value']:.3f}  [{figure['low']:.3f}, {figure['high']:.3f}]{counts}"
    )


def _reliability_lines(reliability: dict[str, Any]) -> list[str]:
    """█ is how often it was right, │ how often it should have been."""
    if reliability["ece"] is None:
        return []
    low, high = reliability["low"], reliability["high"]
    head = f"{'calibration error':<{WIDE}} {reliability['ece']:.3f}  [{low:.3f}, {high:.3f}]"
    lines = [head, "  said  right     right, of 40; │ as said"]
    for each in reliability["bins"]:
        bar = list("█" * round(each["was"] * 40) + " " * (41 - round(each["was"] * 40)))
        bar[min(40, round(each["said"] * 40))] = "│"
        plot = "".join(bar).rstrip()
        lines.append(f"  {each['said']:.2f}  {each['was']:.2f}  {plot:<42} n={each['n']}")
    return lines


def _group_lines(title: str, groups: dict[str, Any]) -> list[str]:
    if not groups:
        return []
    lines = [f"by {title}: queries, top-1, top-3, answered, wrong, answer or suggestions right"]
    by_size = sorted(groups.items(), key=lambda item: -item[1]["queries"])
    for name, each in by_size:
        shares = (_share(each[key]) for key in ("top1", "top3", "answered"))
        figures = f"{each['queries']:>6} {' '.join(shares)} {each['wrong']:>4}"
        lines.append(f"{figures} {_share(each['offered'])}  {name}")
    return lines


def _share(value: float | None) -> str:
    return "    –" if value is None else f"{value:>5.2f}"


def _miss_line(miss: dict[str, Any]) -> str:
    right = " | ".join(miss["right_question"]) or "(no entry)"
    head = f"  {miss['decision']:<7} {miss['p']:.2f} {miss['text']}"
    return f"{head} → {miss['first_question']} ≠ {right}"
