"""A message prepared for search."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge_base.entry import Entry
from knowledge_base.intent import Intent, recognise
from knowledge_base.parts import is_part, names_it
from knowledge_base.places import Region
from knowledge_base.text import asking_sentences, cut, normalise, question_of


@dataclass(frozen=True)
class Asked:
    """A message prepared for search."""

    text: str
    whole: str
    question: str
    intent: Intent
    region: Region
    today: date

    @classmethod
    def of(cls, text: str, *, region: Region, today: date) -> "Asked":
        text = cut(text)
        return cls(
            text=text,
            whole=normalise(text),
            question=question_of(text),
            intent=recognise(text),
            region=region,
            today=today,
        )

    @property
    def texts(self) -> tuple[str, str]:
        """The question, and the whole message it stands in, both normalised."""
        return self.question, self.whole

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Those that ask something; an exact question is answered without looking."""
        return asking_sentences(self.text)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The other places it is about; an exact question is answered without looking."""
        return self.region.elsewhere(self.whole[:400])

    def leaves_open_where(self, entry: Entry) -> bool:
        """Whether the entry is for one part of the desk's place, and the message names none."""
        return is_part(entry.region, self.region) and not names_it(self.whole, entry.region)

    def is_elsewhere(self, entry: Entry) -> bool:
        """Whether the question is about a place that neither the desk nor the entry is about."""
        if not self.elsewhere:
            return False
        text = f"{entry.region} {entry.question} {entry.answer}"
        return not any(name in text for name in self.elsewhere)
