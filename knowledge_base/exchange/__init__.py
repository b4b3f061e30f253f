"""Entries to and from xlsx, csv and jsonl: read the rows, plan the import, keep what is good."""

from knowledge_base.exchange.files import (
    FORMATS,
    format_of,
    read_rows,
    write_entries,
    write_rejected,
)
from knowledge_base.exchange.plan import ImportPlan, derived_id, keys_of, plan_import, says_the_same
from knowledge_base.exchange.row import Rejected, Row
from knowledge_base.exchange.table import ImportFile, Progress, UnreadableFile
from knowledge_base.exchange.template import write_template

__all__ = [
    "FORMATS",
    "ImportFile",
    "ImportPlan",
    "Progress",
    "Rejected",
    "Row",
    "UnreadableFile",
    "derived_id",
    "format_of",
    "keys_of",
    "plan_import",
    "read_rows",
    "says_the_same",
    "write_entries",
    "write_rejected",
    "write_template",
]
