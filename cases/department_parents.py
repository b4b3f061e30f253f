"""The departments above those of a table: which are unknown, and which go round in a circle."""

from collections.abc import Iterable, Mapping

from cases.department import Department


def circle_of(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The names from a department up to itself, its own first and last; () without a circle.

    `parents` maps every department to the one above it, or to "".
    """
    path = [name]
    while (above := parents.get(path[-1], "")) and above not in path:
        path.append(above)
    return (*path, name) if above == name else ()


def strange_parents(
    departments: Iterable[Department], known: Iterable[str]
) -> tuple[Department, ...]:
    """Those whose parent is neither among them nor `known`: perhaps a wrong name.

    They may be right all the same: an office of the province is above, and not at this desk.
    """
    listed = tuple(departments)
    names = {each.name for each in listed}.union(known)
    return tuple(each for each in listed if each.parent and each.parent not in names)
