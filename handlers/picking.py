"""An entry's text as a settlement: found, picked from a list by digit or words, or a part of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers import texts
from handlers.choosing import meant, named_in_pieces, says_yes
from handlers.citizen import Choice
from handlers.hearing.commands import LAST_LINE, chooses_several
from handlers.ports import Knowledge
from handlers.settlement import Given, Outcome, Settlement
from handlers.turn import Turn
from knowledge_base.entry import Entry
from knowledge_base.follow_up import part_about
from knowledge_base.text import normalise


def give(
    turn: Turn, entry: Entry, question: str, *, probability: float | None = None
) -> Settlement:
    """Sends an entry's text; what exactly was sent is recorded."""
    return turn.settle(
        Outcome.ANSWERED,
        texts.general.answer(entry),
        given=(Given(entry=entry.id, version=entry.version),),
        probability=probability,
        question=question,
        last_entry=entry.id,
    )


def give_part(turn: Turn, entry: Entry, part: str, question: str) -> Settlement:
    """Sends what an entry says to a further question; the whole text follows on request."""
    return turn.settle(
        Outcome.ANSWERED,
        texts.general.part_of_answer(entry, part),
        given=(Given(entry=entry.id, version=entry.version),),
        question=question,
        last_entry=entry.id,
        rest=texts.general.answer(entry),
    )


def give_asked_on(turn: Turn, entry: Entry, whole: str) -> Settlement:
    """What an entry says to a question about it, or all of it: who asks on about a list of one
    line means that line.
    """
    told = texts.general.asked_on(whole, entry)
    if part := part_about(entry.answer, normalise(whole)):
        return give_part(turn, entry, part, told)
    return give(turn, entry, told)


def tell_the_rest(turn: Turn, read: Entry, whole: str, *, phone: str) -> Settlement:
    """What an entry that was just read says to a question about it, else whom to ask: no list of
    that one line.
    """
    told = texts.general.asked_on(whole, read)
    if part := part_about(read.answer, normalise(whole)):
        return give_part(turn, read, part, told)
    reply = texts.talk.all_told(read.department, phone)
    return turn.settle(Outcome.COMMANDED, reply, question=told, last_entry=read.id)


def offer(
    turn: Turn, text: str, choices: tuple[Choice, ...], reply: str, *, lasting: timedelta
) -> Settlement:
    """Sends a list to choose from, which stands for as long as `lasting`."""
    return turn.settle(
        Outcome.SUGGESTED,
        reply,
        question=text,
        choices=choices,
        choices_until=turn.now + lasting,
        last_entry="",
    )


def name_beneath(handed: Settlement, line: Choice, until: datetime | None) -> Settlement:
    """A letter's number, and beneath it the line that may help until a person answers."""
    reply = f"{handed.reply}\n\n{texts.general.may_help_meanwhile(line)}"
    citizen = replace(handed.citizen, choices=(line,), choices_until=until)
    return replace(handed, reply=reply, citizen=citizen)


def pick(knowledge: Knowledge, turn: Turn, number: int) -> Settlement | None:
    """The line of the list that a number stands for; None when no list stands."""
    choices = turn.citizen.choices_at(turn.now)
    if not choices:
        return None
    if number == LAST_LINE:
        number = len(choices)
    until = turn.citizen.choices_until
    if not 1 <= number <= len(choices):
        asks = texts.general.choose_between(len(choices))
        return turn.settle(Outcome.COMMANDED, asks, choices=choices, choices_until=until)
    entry = knowledge.entry(choices[number - 1].entry)
    if entry is None:  # withdrawn since the list was sent
        return turn.settle(Outcome.COMMANDED, texts.general.CHOICE_GONE)
    given = give(turn, entry, turn.citizen.question)
    # People read one line of a list and then another.
    return replace(given, citizen=replace(given.citizen, choices=choices, choices_until=until))


def pick_meant(knowledge: Knowledge, turn: Turn, text: str) -> Settlement | None:
    """What follows from words said to a list; None when no list stands or they are unclear."""
    choices = turn.citizen.choices_at(turn.now)
    if not choices:
        return None
    if chooses_several(text):
        return turn.settle_aside(Outcome.COMMANDED, texts.talk.ONE_BY_ONE)
    if turn.has_fresh_list and says_yes(text):
        if len(choices) == 1:
            return pick(knowledge, turn, 1)
        return turn.settle_aside(Outcome.COMMANDED, texts.talk.YES_TO_WHICH)
    number = meant(text, choices)
    if number is None and turn.has_fresh_list:
        number = named_in_pieces(turn.citizen.question, text, choices)
    return None if number is None else pick(knowledge, turn, number)
