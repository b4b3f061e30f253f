"""Full-text search in a file that others open: words of any length, also of two characters.

SQLite's `trigram` tokenizer finds nothing shorter than three characters, and `unicode61` takes a
whole run of Chinese for one word. So each run is given to `unicode61` as all the words it could
hold: a search for one word, as Datasette sends it, finds exactly the texts that contain it.
"""

import re
from typing import Final

import sqlite_utils

LONGEST: Final = 8
"""Characters of a word that is found; a number or a word of Latin letters counts as one."""
_RUN: Final = re.compile(r"[^\W_]+")
_UNIT: Final = re.compile(r"[A-Za-z0-9]+|[^\W_]")


def words_in(text: str) -> str:
    """Every word of up to `LONGEST` characters that a text could hold, parted by spaces."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        units = _UNIT.findall(run)
        for start in range(len(units)):
            for end in range(start + 1, min(start + LONGEST, len(units)) + 1):
                found["".join(units[start:end])] = None
    return " ".join(found)


def index_words(database: sqlite_utils.Database) -> None:
    """Fills the index that `enable_fts` made over `entries` while that table was empty."""
    found = database.execute("SELECT rowid, question, wordings, answer FROM entries").fetchall()
    values = [(number, *(words_in(text or "") for text in texts)) for number, *texts in found]
    with database.conn:
        database.conn.executemany(
            "INSERT INTO entries_fts (rowid, question, wordings, answer) VALUES (?, ?, ?, ?)",
            values,
        )
        database.conn.execute("INSERT INTO entries_fts (entries_fts) VALUES ('optimize')")
