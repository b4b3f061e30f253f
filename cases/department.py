"""A department that answers cases."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Department:
    """A department (or outside unit) with what it answers for; `name` is unique.

    `duties` and `keywords` are what the router reads; `keywords` are single words.
    """

    name: str
    duties: str = ""
    keywords: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    hours: str = ""
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosedDepartment:
    """A department that was dissolved on a day; `successor` took its duties over, "" nobody."""

    name: str
    successor: str
    closed_on: date


@dataclass(frozen=True, kw_only=True)
class Routing:
    """Where the router would send a message.

    `confidence` is the probability (0 … 1) that `department` is right; `ranking` lists the
    departments, best first. From `threshold` on nobody has to look first: it was chosen so that
    97 % of the messages routed that way are right. `department` is "" when nothing fits.
    """

    department: str
    confidence: float
    ranking: tuple[str, ...] = ()
    threshold: float = 0.5

    @property
    def sure(self) -> bool:
        """Whether the case goes to the department without a dispatcher."""
        return self.department != "" and self.confidence >= self.threshold
