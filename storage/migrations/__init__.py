"""The schema's history: each name is a file here, applied once and in this order.

A file `NAME.sql` serves both databases; `NAME.sqlite.sql` and `NAME.postgres.sql` stand for one
each. A file that was released is never edited: the next change is a new file.
"""

from pathlib import Path

MIGRATIONS = (
    "0001_inbox",
    "0002_cases",
    "0003_entries",
    "0004_people",
    "0005_append_only",
    "0006_inbox_lists",
    "0007_search_owners",
    "0008_desk_papers",
    "0009_asking",
    "0010_reminders",
    "0011_alarms",
    "0012_rota",
    "0014_people_access",
    "0015_privacy",
    "0016_public_answers",
    "0017_reports",
    "0020_comments",
    "0021_comments_kept",
    "0022_comment_owners",
    "0025_channels",
    "0026_deliveries",
    "0027_attachments",
    "0028_menus",
    "0029_notice_ids",
    "0030_entry_steps",
    "0031_knowledge_tests",
    "0032_learning",
    "0033_synonyms",
    "0034_libraries",
    "0060_erased_comments",
    "0080_helped_cases",
    "0081_erased_events",
    "0082_dismissed_by",
    "0090_joined_comments",
    "0091_orders_of_cases",
    "0100_settled_pairs",
    "0110_shown_replies",
    "0130_entry_merges",
    "0131_offices",
    "0165_corrections",
    "0180_library_rows",
    "0190_open_warnings",
    "0195_erased_orders",
    "0205_merged_places",
    "0206_turns",
    "0207_awaited_help",
    "0210_library_looks",
    "0220_sealed_cases",
    "0230_handed_over",
    "0231_talks_anew",
    "0232_closed_departments",
    "0240_own_kinds",
    "0241_own_places",
    "0390_standing",
    "0400_own_lists",
)
TOKENS = {
    "sqlite": {"{identity}": "INTEGER PRIMARY KEY AUTOINCREMENT", "{bytes}": "BLOB"},
    "postgres": {
        "{identity}": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "{bytes}": "BYTEA",
    },
}
FOLDER = Path(__file__).parent


def script(name: str, dialect: str) -> str:
    """The text of one migration for one database."""
    own, shared = FOLDER / f"{name}.{dialect}.sql", FOLDER / f"{name}.sql"
    text = (own if own.exists() else shared).read_text(encoding="utf-8")
    for token, meaning in TOKENS[dialect].items():
        text = text.replace(token, meaning)
    return text
