"""What `kb eval` reports: how well questions are ranked, and how well the desk decides."""

from knowledge_base.evaluation.asking import ask_queries, evaluate
from knowledge_base.evaluation.judged import Judged
from knowledge_base.evaluation.query import Query, queries_of
from knowledge_base.evaluation.report import Report
from knowledge_base.evaluation.row import Row, row_of
from knowledge_base.evaluation.share import Share, highest

__all__ = [
    "Judged",
    "Query",
    "Report",
    "Row",
    "Share",
    "ask_queries",
    "evaluate",
    "highest",
    "queries_of",
    "row_of",
]
