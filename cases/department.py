"""A department that answers cases."""

from dataclasses import dataclass


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
