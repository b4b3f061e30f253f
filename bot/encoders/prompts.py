"""The words a model family wants in front of a question and of a passage.

Models trained with such prefixes lose much without them, and neither an /v1/embeddings server nor
every published sentence-transformers folder adds them by itself. Sources: the model cards of
intfloat/multilingual-e5-*, BAAI/bge-*-zh-v1.5, BAAI/bge-*-en-v1.5 and Qwen/Qwen3-Embedding-*.
"""

import re
from typing import NamedTuple


class Prompts(NamedTuple):
    """What is put in front of a query and of a document."""

    query: str = ""
    document: str = ""


FAMILIES: tuple[tuple[re.Pattern[str], Prompts], ...] = (
    (re.compile(r"e5-(small|base|large)(?!.*instruct)"), Prompts("query: ", "passage: ")),
    (re.compile(r"bge-(small|base|large)-zh"), Prompts("为这个句子生成表示以用于检索相关文章：")),
    (
        re.compile(r"bge-(small|base|large)-en"),
        Prompts("Represent this sentence for searching relevant passages: "),
    ),
    (
        re.compile(r"qwen3-embedding|e5-.*instruct"),
        Prompts(
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\n"
            "Query: "
        ),
    ),
)


def prompts_for(model: str) -> Prompts:
    """The prompts of the family that `model` (a name or a folder) belongs to; empty if unknown."""
    name = model.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].lower()
    return next((prompts for family, prompts in FAMILIES if family.search(name)), Prompts())
