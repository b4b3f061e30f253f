"""An invented county of any size, always the same: entries, and questions citizens ask of them.

Texts are the sample county's, told again for invented towns and circumstances, so that nothing
from outside is needed and no two entries are one.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from bot.demo.county import ENTRIES
from knowledge_base.intent import Intent, recognise


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TOWNS = _words("""
青岩镇 石门铺镇 柳溪乡 北塘镇 枫树湾乡 大沙河镇 双井乡 云头镇 竹林坳乡
马灯街道 南园街道 五里店镇 桐花乡
""")
CIRCUMSTANCES = _words("""
老年人 残疾人 学生 退役军人 个体户 外来务工人员 孕妇 新生儿 低保户 农村户口 城镇户口
单亲家庭 二孩家庭 三孩家庭 养殖户 种粮大户 小微企业 灵活就业人员 应届毕业生 退休人员 下岗职工
港澳居民 归国华侨 外国人 少数民族 独居老人 留守儿童 网店店主 出租车司机 货车司机 快递员 环卫工人
乡村医生 代课教师 果农 茶农 渔民 护林员 移民户 返乡创业者
""")
WAYS = ("{}", "{}，怎么弄", "想问下{}", "{}要跑几趟", "{}能不能代办")


@cache
def _samples() -> tuple[dict[str, Any], ...]:
    lines = ENTRIES.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def entry_rows(count: int) -> Iterator[dict[str, Any]]:
    """`count` rows as `kb import` takes them: a question, 0, 1 or 2 variants, an answer."""
    worlds = product(("", *CIRCUMSTANCES), TOWNS, _samples())
    for number, (who, town, sample) in enumerate(islice(worlds, count)):
        place = f"{town}{who}"
        yield {
            "id": f"invented-{number:06}",
            "question": f"{place}：{sample['question']}",
            "variants": [f"{place} {text}" for text in sample["variants"][: number % 3]],
            "answer": f"{place}的群众请看：{sample['answer']}",
            "department": sample["department"],
            "source_title": sample["source_title"],
            "source_number": sample["source_number"],
            "checked_on": sample["checked_on"],
        }


def questions(start: int = 0) -> Iterator[str]:
    """Questions that are no entry's wording, no two alike, without end for any use here."""
    worlds = product(WAYS, CIRCUMSTANCES, TOWNS, _samples(), (2, 3))
    asked = (
        way.format(f"{who}{sample['variants'][place]}，{town}")
        for way, who, town, sample, place in worlds
    )
    return islice(asked, start, None)


def wordings(count: int) -> Iterator[tuple[str, str]]:
    """(question, answer) of the first `count` entries, over and over.

    Without the few that tell a grievance: whoever asks in those words gets a case, not an answer.
    """
    rows = [(row["question"], row["answer"]) for row in entry_rows(count)]
    return cycle([row for row in rows if recognise(row[0]) is Intent.QUESTION])


def write_entries(file: Path, count: int) -> Path:
    """The rows as a jsonl file for `kb import`."""
    lines = (json.dumps(row, ensure_ascii=False) for row in entry_rows(count))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
