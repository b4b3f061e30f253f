"""A county's departments, letters that were answered, and an encoder of letters' characters."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cases.department import Department
from cases.department_table import read_departments
from cases.routing import Example

SAMPLE = Path(__file__).parents[2] / "bot" / "sample_county" / "departments.csv"
COUNTY = read_departments(SAMPLE).departments
SUBJECTS = {
    "住建局": ("物业", "漏水", "电梯", "供暖", "路灯"),
    "教育局": ("小学", "老师", "转学", "幼儿园", "中考"),
    "公安局": ("户口", "身份证", "小偷", "驾照", "打架"),
}
PATTERNS = ("关于{}的问题", "请问{}怎么办理", "我家{}没有人管", "{}的事找谁", "想反映{}情况{}")
EXAMPLES = [
    Example(text=pattern.format(word, n), department=name)
    for name, words in SUBJECTS.items()
    for word in words
    for n, pattern in enumerate(PATTERNS)
]
UNHEARD = {"充电桩": "住建局", "午托班": "教育局", "流浪犬": "公安局"}
"""What no example is about, and whose duty it is."""
UNLIKELY = {"百家饭": "住建局", "走马灯": "教育局", "梅花糕": "公安局"}
"""What only a county's own table can say."""


def told(words: dict[str, str]) -> list[Department]:
    """A table that says of each of these words whose it is, and of one that was heard before."""
    return [
        Department(name=name, duties=f"{heard}、{word}", keywords=(heard, word))
        for (word, name), heard in zip(words.items(), ("电梯", "转学", "驾照"), strict=True)
    ]


TABLE = told(UNHEARD)


class LetterEncoder:
    """Vectors by the letters of a text: near texts share letters."""

    def __init__(self) -> None:
        self.longest = 0
        self.asked: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self.longest = max(self.longest, len(text))
            for letter in text:
                row[ord(letter) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def rows(examples: Sequence[Example]) -> list[dict[str, str]]:
    return [
        {"id": str(n), "text": each.text, "label": each.department, "title": ""}
        for n, each in enumerate(examples)
    ]
