"""Whether a text goes on with what is being told already, or begins a matter of its own."""

from datetime import timedelta

from cases.case import Case, Kind
from cases.named_places import name_other_places
from handlers.hearing.dangers import Danger, danger_in
from handlers.hearing.vocabulary import saying, words
from handlers.turn import Turn
from knowledge_base.text import normalise

SAME_WORDS = 0.5  # share of character pairs of two texts that speak of one matter
ANSWER_IN_MIND = timedelta(days=3)
AHEAD = 4  # characters; less names nothing that could be answered
SHORT = 14
"""Characters; a text of so many soon after another goes on with it more often than not."""
ASKED_ON = 9  # characters of a question that may lean on the one before it
TOLD_ON = "（接着「"
LONGEST_ACCUSED = 12  # characters of whom somebody complains, if they say no more: 一家饭店
FRAGMENT = 24  # characters of a piece of a story; more is a story of its own


def with_its_question(turn: Turn, text: str) -> str:
    """What was asked just before and only met with a list, with the facts that follow it; or "".

    "公交车不停站" "车牌号是 …": that is no part of whatever case stands open besides. Likewise the
    word or two that somebody sent ahead: "路灯" "一个月没人修".
    """
    asked = turn.citizen.question
    ahead = 0 < len(normalise(asked)) < AHEAD and not (turn.citizen.choices or turn.open_case)
    if text.startswith(asked):
        return ""
    back = words("telling.points_back").search(text) is not None
    if not (ahead or back or words("telling.facts").match(normalise(text))):
        return ""
    if turn.citizen.last_entry and not back:
        return ""
    if turn.has_fresh_case and is_piece(asked) and words("telling.they").match(normalise(text)):
        return ""  # she of whom the case tells, too
    return f"{asked}\n{text}" if turn.question_in_mind else ""


def asked_before(turn: Turn, text: str) -> str:
    """What was asked in the last half hour, if a text that names no matter follows on it; or "".

    "种粮补贴啥时候发" and, past the list, "今年没发到": nobody could read the second one alone.
    """
    asked = turn.question_in_mind
    if not asked or TOLD_ON in text:
        return ""
    told = normalise(text)
    is_further = is_piece(text) and (len(told) <= ASKED_ON or not asks(text))
    follows = is_further or bool(words("telling.leans").match(told)) or danger_in(asked) is not None
    return asked if follows and not text.startswith(asked) else ""


def follows_an_answer(turn: Turn) -> bool:
    """Whether an entry was answered in the last half hour, and nothing came between."""
    return bool(turn.entry_in_mind) and turn.is_of_no_case and not turn.has_new_reply


def adds_to_an_answer(turn: Turn, text: str) -> bool:
    """Whether a few words follow on an answer and neither ask nor complain: 每个月发的."""
    return follows_an_answer(turn) and states(text) and not is_amiss(text)


def cries(text: str) -> bool:
    """Whether a few words complain and do not say of what: 臭得很, 能不能管管, 没给钱."""
    return words("telling.alone_says_nothing").search(normalise(text)) is not None


def says_what_came_of_it(text: str) -> bool:
    """Whether a few words say what somebody suffered by a grievance: 不敢走, 差点掉进去."""
    return is_piece(text) and saying("telling.consequence").said_in(normalise(text))


def says_what_happened(text: str) -> bool:
    """Whether a text says no more than what came of a matter: 物业不管, 老板跑了, 就坏了."""
    return words("telling.what_happened").fullmatch(normalise(text)) is not None


def begins_with_whom(text: str) -> bool:
    """Whether a text begins with whom or what somebody complains of: 小区停车乱收费."""
    return words("telling.subjects").match(normalise(text)) is not None


def ends_a_story(text: str) -> bool:
    """Whether a text names nothing of its own: it says what came of a matter, or cries."""
    return says_what_came_of_it(text) or says_what_happened(text) or cries(text)


def only_accuses(text: str) -> bool:
    """Whether a text says of whom somebody complains and not of what: 我想投诉一家饭店."""
    told = normalise(text)
    accused = words("telling.of_its_own").sub("", told)
    return accused != told and len(accused) < LONGEST_ACCUSED and not is_amiss(accused)


def is_a_fact(text: str) -> bool:
    """Whether a text tells a place, a name, a time or a sum and asks nothing: 在幼儿园门口."""
    return not asks(text) and words("telling.facts").match(normalise(text)) is not None


def is_amiss(text: str) -> bool:
    """Whether a text says that something goes wrong: 没给钱."""
    return words("telling.amiss").search(normalise(text)) is not None


def states(text: str) -> bool:
    """Whether a few words have the form of a statement, neither a question nor a matter's name."""
    told = normalise(text)
    if asks(text) or not is_piece(text) or words("telling.wishes").search(told):
        return False
    return words("telling.states").search(told) is not None


def answered_before(turn: Turn, text: str) -> Case | None:
    """The case whose reply of the last days is newest, if a few words follow that begin nothing."""
    told = normalise(text)
    begins = words("telling.begins").search(told) or words("telling.of_its_own").search(told)
    case = turn.just_replied if len(told) <= FRAGMENT and not begins else None
    if case is None or case.replied_at is None:
        return None
    return case if turn.now - case.replied_at <= ANSWER_IN_MIND else None


def is_piece(text: str) -> bool:
    """Whether a text is too short, or leans too much on what was said, to be a matter alone."""
    told = normalise(text)
    if (
        words("telling.begins").search(told)
        or words("telling.of_its_own").search(told)
        or TOLD_ON in text
    ):
        return False
    return len(told) <= SHORT or (
        len(told) <= FRAGMENT and words("telling.leans").match(told) is not None
    )


def is_fragment(text: str) -> bool:
    """Whether a text is a piece of what is being told, and neither a wish nor a whole story."""
    told = normalise(text)
    return (
        len(told) <= FRAGMENT
        and bool(words("telling.telling").search(told))
        and not words("telling.wishes").search(told)
    )


def asks(text: str) -> bool:
    """Whether a text has the form of a question."""
    return words("telling.question").search(text) is not None


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts share most of their words; the lamps of two streets are two matters."""
    return overlap(one, other) >= SAME_WORDS and not name_other_places(one, other)


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's character pairs that stand in the longer one too."""
    pairs = sorted((_pairs(one), _pairs(other)), key=len)
    return len(pairs[0] & pairs[1]) / len(pairs[0]) if pairs[0] else 0.0


def _pairs(text: str) -> set[str]:
    clean = normalise(text)
    return {clean[at : at + 2] for at in range(len(clean) - 1)}


def danger_told(turn: Turn) -> Danger | None:
    """The danger told just before; None where nothing was, or something else since."""
    return danger_in(turn.citizen.question) if turn.has_just_asked else None


def danger_before(turn: Turn) -> Danger | None:
    """The danger told just before, if a text only goes on with it: 我已经转了两千, 怎么办."""
    goes_on = is_piece(turn.text) and words("asides.danger_next").search(normalise(turn.text))
    return danger_told(turn) if goes_on else None


def danger_over(turn: Turn) -> bool:
    """Whether the danger told just before is over: 找到了谢谢, 火灭了."""
    is_over = saying("asides.danger_over").said_in(normalise(turn.text))
    return is_over and danger_told(turn) is not None


def danger_told_on(turn: Turn) -> Danger | None:
    """The danger told just before, for a few words that name no matter: 5岁穿红衣服."""
    return danger_told(turn) if is_piece(turn.text) and not asks(turn.text) else None


def despairs_on(turn: Turn) -> Case | None:
    """The case of somebody in danger, for what they say next and ask nothing by: 我不想说了."""
    case = turn.open_case
    if case is None or case.kind is not Kind.DANGER or not turn.has_fresh_case:
        return None
    return case if is_piece(turn.text) and not asks(turn.text) else None


def tells_on(turn: Turn, text: str) -> bool:
    """Whether a text tells something more of what was asked just before: 商家在深圳."""
    return not asks(text) and bool(asked_before(turn, text))
