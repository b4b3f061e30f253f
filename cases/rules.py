"""The rules of CASES.md, read from rules.toml and checked."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from cases.case import Kind

STARTS = frozenset({"received", "routed", "replied"})
NEEDED = frozenset(
    {"return_misrouted", "extension", "reopen", "out_of_scope_follow_up", "interview_answer"}
)
TOLD = frozenset({"officer", "head", "supervisor"})
TALKED_WITH = frozenset({"liaison", "deputy_head", "head"})
MOST_DAYS = 365


class Unit(StrEnum):
    """What an amount counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    SAME_DAY = "same_day"


class RulesNotFit(ValueError):
    """The rules' file says something the desk cannot follow; the message names the place."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How long something may take: `amount` of `unit` since `start`."""

    name: str
    kinds: tuple[Kind, ...]
    start: str
    amount: int
    unit: Unit
    source: str


@dataclass(frozen=True, kw_only=True)
class Forewarning:
    """Who is told `before` working days ahead of the due date (0: when it is overdue)."""

    before: int
    tell: str


@dataclass(frozen=True, kw_only=True)
class StandingRule:
    """Who is told when a case has waited `days` working days for what its citizen was asked."""

    days: int
    tell: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """路桥区 二四六机制: the n-th alarm of a unit in a year leads to a talk with somebody."""

    alarm: int
    talk_with: str


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All rules; `by_kind` has exactly one for every kind of case."""

    by_name: Mapping[str, Rule]
    by_kind: Mapping[Kind, Rule]
    warnings: tuple[Forewarning, ...]
    ladder: tuple[Rung, ...]
    cut_off: time
    second_review: frozenset[Kind]
    undo: timedelta = timedelta(0)
    standing: tuple[StandingRule, ...] = ()


def load_rules(
    path: Path | None = None,
    *,
    cut_off: time | None = None,
    second_review: Collection[Kind] | None = None,
    undo: timedelta = timedelta(0),
) -> Rules:
    """The desk's rules, or those of another file; `cut_off` and `second_review` (config) replace
    the file's. `undo` is how long an approved text waits before it is pushed.

    RulesNotFit: a missing or wrong value, named by its place in the file.
    """
    text = (
        path.read_text("utf-8")
        if path
        else files("cases").joinpath("rules.toml").read_text("utf-8")
    )
    try:
        rules = _rules(tomllib.loads(text), cut_off)
    except (KeyError, TypeError, ValueError) as error:
        raise RulesNotFit(f"{path or 'rules.toml'}: {error}") from error
    rules = replace(rules, undo=undo)
    return (
        rules if second_review is None else replace(rules, second_review=frozenset(second_review))
    )


def _rules(table: Mapping[str, Any], cut_off: time | None) -> Rules:
    rules = [_rule(row) for row in table["rule"]]
    by_name = {rule.name: rule for rule in rules}
    if len(by_name) != len(rules):
        raise ValueError("two rules have the same name")
    if missing := NEEDED - by_name.keys():
        raise ValueError(f"no rule named {', '.join(sorted(missing))}")
    desk = table.get("desk", {})
    return Rules(
        by_name=by_name,
        by_kind=_by_kind(rules),
        warnings=tuple(
            Forewarning(before=_days(r["before"]), tell=_one_of(r["tell"], TOLD))
            for r in table["warning"]
        ),
        ladder=tuple(
            Rung(alarm=_days(r["alarm"]), talk_with=_one_of(r["talk_with"], TALKED_WITH))
            for r in table["ladder"]
        ),
        standing=tuple(
            StandingRule(days=_days(r["days"]), tell=_one_of(r["tell"], TOLD))
            for r in table.get("standing", [])
        ),
        cut_off=cut_off or time.fromisoformat(desk.get("cut_off", "17:00")),
        second_review=frozenset(Kind(kind) for kind in desk.get("second_review", [])),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    name = str(row["name"])
    if row["start"] not in STARTS:
        raise ValueError(f"rule {name}: start is {row['start']!r}, not one of {sorted(STARTS)}")
    if not row["source"]:
        raise ValueError(f"rule {name}: no source")
    return Rule(
        name=name,
        kinds=tuple(Kind(kind) for kind in row["kinds"]),
        start=row["start"],
        amount=_days(row["amount"]),
        unit=Unit(row["unit"]),
        source=row["source"],
    )


def _by_kind(rules: Sequence[Rule]) -> Mapping[Kind, Rule]:
    found: dict[Kind, Rule] = {}
    for rule in rules:
        for kind in rule.kinds:
            if kind in found:
                raise ValueError(f"two rules for {kind}: {found[kind].name} and {rule.name}")
            found[kind] = rule
    if missing := set(Kind) - found.keys():
        raise ValueError(f"no rule for {', '.join(sorted(missing))}")
    return found


def _one_of(value: object, known: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{value!r} is not one of {sorted(known)}")
    return value


def _days(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
        raise ValueError(f"{value!r} is not a number of days (0 … {MOST_DAYS})")
    return value
