"""Which cases a person may see, as the value that the SQL's `{visible}` condition compares with."""

from cases.people import Person


def scope_of(viewer: Person | None) -> str | None:
    """None (the desk itself) sees everything; a person sees what their role lets them see."""
    return viewer.scope if viewer is not None else None
