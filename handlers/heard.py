"""What tells of a text beside an open case whether it belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.case import Case
from cases.department import Routing
from cases.department_names import Named
from handlers.hearing.vocabulary import saying, words
from handlers.telling import (
    asks,
    is_piece,
    only_accuses,
    says_what_came_of_it,
    says_what_happened,
)
from handlers.told_more import names_another
from handlers.turn import GRIEVES
from knowledge_base.intent import Intent
from knowledge_base.lexical import telling_words
from knowledge_base.text import normalise

CLEAR = 0.6  # the chance from which a department is meant, though nobody is sure
BEFORE_IT = 2  # characters before the thing that a statement begins with
LEANING = 0.45  # the chance from which a department is more than a guess


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A text beside an open case, with all that tells whether it belongs to it.

    `owners` are the departments the case itself would go to, `thing` is what the text names of a
    department's keywords and the case does not: 残疾证, 路灯.
    """

    text: str
    intent: Intent
    routing: Routing
    case: Case
    owners: Sequence[str]
    thing: Named | None = None

    @cached_property
    def told(self) -> str:
        return normalise(self.text)

    @property
    def is_the_owners(self) -> bool:
        """Whether the likeliest department for the text alone has the case, or might have."""
        return self.routing.department in {self.case.department, *self.owners}

    @cached_property
    def grieves(self) -> bool:
        """Whether the case is a grievance, or was told in pieces and may become one."""
        lines = self.case.text.splitlines()
        in_pieces = len(lines) > 1 and all(is_piece(each) and not asks(each) for each in lines)
        return self.case.kind in GRIEVES or in_pieces

    @property
    def is_bare(self) -> bool:
        """Whether it is a few words that name no department's matter: whom they go to alone says
        little of what they mean after the case (合同在我手上)."""
        return self.thing is None and is_piece(self.text) and not self.intent.wants_a_person

    @property
    def only_mentions(self) -> bool:
        """Whether a few words say what there was, or was not: 没有发票."""
        mentions = words("telling.mentions").match(self.told) is not None
        return mentions and is_piece(self.text)

    @cached_property
    def names_another_thing(self) -> bool:
        """Whether it names a matter that is not the case's: 残疾证过期了, after a bad school.

        Not where it leans on what was told (发票他们也不给), speaks of the same things (狗没打疫苗)
        or tells of it on the way (现在在医院没钱交费) instead of beginning with it.
        """
        thing = self.thing
        if words("telling.leans_anywhere").search(self.told) or self._shares_a_word:
            return False
        if saying("telling.own_thing").said_in(self.told) or self._is_a_matter_alone:
            return True
        if thing is None or words("telling.quotes").search(self.told):
            return False
        if asks(self.text):
            return thing.department.name not in {self.case.department, *self.owners}
        return thing.words in self._opening(len(thing.words))

    @cached_property
    def is_a_consequence(self) -> bool:
        """Whether a few words say what came of the grievance told before, and name no other thing:
        车差点掉进去, after a missing cover.
        """
        return self.grieves and self.thing is None and says_what_came_of_it(self.text)

    @property
    def follows_an_announcement(self) -> bool:
        """Whether the case says of whom somebody complains and not of what: 我想投诉一家饭店."""
        return only_accuses(self.case.text) and is_piece(self.text)

    @property
    def ends_its_story(self) -> bool:
        """Whether it says what came of the matter, or who did what about it."""
        return self.is_a_consequence or says_what_happened(self.text)

    @cached_property
    def _is_a_matter_alone(self) -> bool:
        """A question with the name of a thing (灭火器在哪里领), or a name and what is with it
        without any of the words that tie it to a story (小学门口堵车).
        """
        if self.is_the_owners or self.routing.confidence < LEANING:
            return False
        if words("telling.a_fact").search(self.told):
            return False
        if asks(self.text):
            return names_another(self.told, self.case)
        return words("telling.telling").search(self.told) is None

    @cached_property
    def has_another_subject(self) -> bool:
        """Whether both begin with whom they complain of, and those differ: 小区停车乱收费, after
        学校乱收费.
        """
        ours, theirs = (
            words("telling.subjects").match(each) for each in (self.told, normalise(self.case.text))
        )
        if not (ours and theirs and self.intent.wants_a_person):
            return False
        return ours[0] not in self.case.text and theirs[0] not in self.told

    @cached_property
    def _shares_a_word(self) -> bool:
        return any(word in self.case.text for word in telling_words(self.told))

    def _opening(self, length: int) -> str:
        """What the text begins with, where a thing of that length may stand: 我家[的路灯]坏了."""
        return words("telling.opens").sub("", self.told)[: length + BEFORE_IT]
