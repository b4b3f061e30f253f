"""Works in a five-year-old Chromium: nothing that a page needs is newer than version 92.

The same pages in a Chromium 92 itself: tests/integration/test_old_chromium.py.
"""

from pathlib import Path

import pytest

from tests.browser.features import of_page, of_script, of_style

ROOT = Path(__file__).parents[2]
READERS = {".css": of_style, ".js": of_script, ".html": of_page}
SERVED = [
    path
    for room in ("console", "simulator")
    for path in sorted((ROOT / room).rglob("*"))
    if path.suffix in READERS
]
PAGES_DO_WITHOUT = {
    "property accent-color": "ticks and dots are blue instead of teal",
    "property scrollbar-width": "a scroll bar is as wide as everywhere else",
    "property text-wrap": "a long heading breaks where the line ends",
    "name inert": "behind the simulator's open drawer things take the focus",
}
"""What is allowed all the same: what an older browser shows instead."""
FIELDS_OF_OURS = {"name side", "name milliseconds"}
"""Parts of what the simulator tells its page, called as some newer part of the platform."""


@pytest.mark.parametrize("path", SERVED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_needs_no_newer_browser(path: Path) -> None:
    found = READERS[path.suffix](path.read_text())
    assert found - PAGES_DO_WITHOUT.keys() - FIELDS_OF_OURS == set(), (
        "Chromium 92 does not know this; see tests/browser/newer_than_chromium_92.json. Write it "
        "in an older way, put an older declaration before it, or say above what is shown instead."
    )


def test_every_exception_is_still_used() -> None:
    used = set().union(*(READERS[path.suffix](path.read_text()) for path in SERVED))
    assert used == PAGES_DO_WITHOUT.keys() | FIELDS_OF_OURS
    assert len(SERVED) > 80


@pytest.mark.parametrize(
    ("style", "feature"),
    [
        ("a { height: 100dvh }", "unit dvh"),
        ("a { color: color-mix(in srgb, red, blue) }", "function color-mix()"),
        ("@media (max-width: 9px) { a:not(:has(b)) { top: 0 } }", "selector :has"),
        ("@container (min-width: 1px) { a { top: 0 } }", "at-rule @container"),
        ("@media (width > 40rem) { a { top: 0 } }", "at-rule @media with < or >"),
        ("a { top: 0; &:hover { top: 1px } }", "nesting"),
        ("a { grid-template-columns: subgrid }", "keyword grid-template-columns: subgrid"),
        ("a { view-transition-name: x }", "property view-transition-name"),
    ],
)
def test_a_newer_style_is_noticed(style: str, feature: str) -> None:
    assert of_style(style) == {feature}


def test_a_newer_style_after_an_older_one_is_only_an_improvement() -> None:
    assert of_style("a { height: 100vh; height: 100dvh; inset: 0; gap: 1rem }") == set()


def test_the_size_of_a_printed_page_is_no_newer_property() -> None:
    assert of_style("@page { size: A4; margin: 2cm }") == set()
    assert of_style("a { size: 1rem }") == {"property size"}


def test_newer_names_and_syntax_of_a_script_are_noticed() -> None:
    assert of_script("const b = structuredClone(a);") == {"name structuredClone"}
    assert of_script("rows.findLast((row) => row.ok);") == {"name findLast"}
    assert of_script("class A { static { run(); } }") == {"class_static_block"}
    assert of_script('import x from "./x.json" with { type: "json" };') == {"import_attribute"}
    assert of_script("const { a } = b; a?.at(-1) ?? b.replaceAll('x', 'y');") == set()


def test_newer_elements_attributes_and_inline_code_are_noticed() -> None:
    assert of_page('<search><div popover="auto">') == {"element search", "attribute popover"}
    assert of_page("<p inert>{{ '<search>' }}</p>") == {"attribute inert"}
    assert of_page("<style>a:has(b) { top: 0 }</style>") == {"selector :has"}
    assert of_page("<script>Object.hasOwn(a, 'b')</script>") == {"name hasOwn"}
