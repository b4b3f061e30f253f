"""`huiying kb fit --desk` on a real desk's database, searched by words."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build
from handlers.settlement import Given, Outcome
from knowledge_base.calibration import Block, load_model, save_model
from knowledge_base.desk_refit import Workbench
from knowledge_base.entry import Entry, Status
from knowledge_base.evaluation import Query
from knowledge_base.labels import DeskLabels
from knowledge_base.ports import Vectors
from storage import Storage, open_storage
from tests.values.storage import CLAIM, by_hand, message, settlement
from tests.worlds.kb_desk import InMemoryVectors

MATTERS = (
    ("居住证", "到居住地派出所办理", "丢失补领"),
    ("驾驶证", "到车管所窗口办理", "到期换证"),
    ("公积金", "在公积金中心公众号查询", "提取租房"),
    ("高龄津贴", "向户籍所在乡镇申请", "认证年审"),
    ("临时救助", "把材料交到村委会", "申请条件"),
    ("营业执照", "在政务服务网上申请", "注销登记"),
    ("养老保险", "到社保窗口缴费", "转移接续"),
    ("医保卡", "到医保局服务窗口领取", "异地备案"),
    ("生育津贴", "由单位向医保局申报", "发放标准"),
    ("残疾证", "到县残联申请评定", "等级评定"),
    ("低保金", "每月十日前打到卡上", "停发原因"),
    ("不动产证", "到不动产登记中心办理", "抵押登记"),
    ("准生登记", "在卫健局网上登记", "二孩登记"),
    ("健康证", "到疾控中心体检后领取", "体检项目"),
    ("失业金", "到就业服务中心申领", "领取期限"),
    ("护照", "到出入境大厅拍照申请", "加急办理"),
)
ENTRIES = [
    Entry(
        id=f"m{number}-{side}",
        question=f"{matter}{what}怎么办",
        answer=f"{matter}{what}：{where}。",
        status=Status.PUBLISHED,
        author="ann",
        reviewer="ben",
    )
    for number, (matter, where, other) in enumerate(MATTERS)
    for side, what in (("a", "首次办理"), ("b", other))
]
ASKED = [
    (wording.format(entry.question.removesuffix("怎么办")), entry.id)
    for entry in ENTRIES
    for wording in ("我想问{}要去什么地方", "{}需要带哪些东西过去")
]
UNKNOWN = [
    f"{place}的{thing}什么时候修" for place in ("东街", "西村") for thing in ("路灯", "水管")
]


@dataclass
class Desk:
    """A desk's files; each method opens the database anew, as a command does."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "model.json"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/desk.db"

    def has(self, asked: Sequence[tuple[str, str]], golden: Sequence[tuple[str, str]] = ()) -> None:
        """Publishes the entries, and lets citizens be answered long enough ago."""
        asyncio.run(self._fill(asked, golden))

    async def _fill(
        self, asked: Sequence[tuple[str, str]], golden: Sequence[tuple[str, str]]
    ) -> None:
        storage = await open_storage(self.url)
        await storage.migrate()
        drafts = [replace(entry, status=Status.DRAFT, reviewer="") for entry in ENTRIES]
        await storage.save_versions(drafts, actor="ann", reason="")
        await storage.save_versions(ENTRIES, actor="ben", reason="")
        for number, (text, entry) in enumerate(asked):
            await _answer(storage, number, text, entry)
        for text, entry in golden:
            await storage.add_golden(text, entry, actor="ann", now=datetime.now(UTC))
        await storage.close()

    def fit(self, *more: str) -> Result:
        config = self.folder / "huiying.toml"
        encoder = '[encoder]\nkind = "none"\n'
        config.write_text(f'database_url = "{self.url}"\n{encoder}', encoding="utf-8")
        words = ("kb", "fit", "--desk", "--config", str(config), "--out", str(self.out), *more)
        return CliRunner().invoke(build(), words)


async def _answer(storage: Storage, number: int, text: str, entry: str) -> None:
    """A citizen's question answered by an entry; "" when it was rejected with 没有解决."""
    at = datetime.now(UTC) - timedelta(days=2)
    sent = message(2 * number, f"o-{number}", text=text)
    accepted = await storage.accept(sent, now=at, claim_until=at + CLAIM)
    answered = settlement(
        accepted,
        outcome=Outcome.ANSWERED,
        given=(Given(entry=entry or "m0-a", version=1),),
        probability=0.9,
        settled_at=at,
    )
    await storage.settle(accepted.id, answered)
    if not entry:
        soon = at + timedelta(minutes=1)
        sent = message(2 * number + 1, f"o-{number}", text="没有解决")
        accepted = await storage.accept(sent, now=soon, claim_until=soon + CLAIM)
        rejected = settlement(accepted, outcome=Outcome.COMMANDED, settled_at=soon)
        await storage.settle(accepted.id, rejected)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_desk_with_few_labels_is_told_how_many_are_missing(desk: Desk) -> None:
    desk.has(ASKED[:7], golden=ASKED[7:9])
    desk.out.write_text("the old one", encoding="utf-8")
    result = desk.fit("--json")
    assert result.exit_code == 1
    assert "knows the entry of 9 questions, 21 more are needed" in result.stderr
    told = json.loads(result.stdout)
    assert (told["labels"]["answered"], told["labels"]["golden"], told["written"]) == (7, 2, False)
    assert desk.out.read_text(encoding="utf-8") == "the old one"


def test_a_desk_fits_a_model_to_its_own_log(desk: Desk) -> None:
    desk.has([*ASKED[:-6], *((text, "") for text in UNKNOWN)], golden=ASKED[-6:])
    result = desk.fit("--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["labels"] == {
        "golden": 6, "case": 0, "chosen": 0, "answered": 58, "unsolved": 4,
    }  # fmt: skip
    assert (told["golden"]["asked"], told["golden"]["lost"], told["written"]) == (6, 0, True)
    assert load_model(desk.out).words.decide != load_model().words.decide
    assert not [text for text, _ in ASKED if text in result.output]
    assert by_hand(desk.url, "SELECT COUNT(*) FROM vectors")[0][0] == 0


def test_a_dry_run_tells_the_figures_and_writes_nothing(desk: Desk) -> None:
    desk.has(ASKED)
    result = desk.fit("--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["written"], told["words"]["top1"]["value"] > 0.5) == (False, True)
    assert not desk.out.exists()


def test_a_model_that_loses_a_golden_answer_is_refused_and_the_old_file_kept(
    desk: Desk, tmp_path: Path
) -> None:
    desk.has(ASKED[:-6], golden=ASKED[-6:])
    shipped = load_model()
    old = replace(shipped, words=_bold(shipped.words))
    save_model(old, desk.out)
    before = desk.out.read_bytes()
    result = desk.fit("--model", str(desk.out), "--json", "--bound", "0.001")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["written"], told["golden"]["asked"]) == (False, 6)
    assert f"loses {told['golden']['lost']} of 6 golden questions" in result.stderr
    assert desk.out.read_bytes() == before


def _bold(block: Block) -> Block:
    """Answers whatever ranks first, whatever bound is asked for."""
    return replace(block, answer_at=0.0, suggest_at=0.0, levels=())


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--desk", "--entries", "e.jsonl"),
        ("--entries", "e.jsonl"),
        ("--entries", "e.jsonl", "--queries", "q.jsonl", "--dry-run"),
    ],
)
def test_labels_come_from_files_or_from_the_desk(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(build(), ["kb", "fit", "--out", "m.json", *words])
    assert (result.exit_code, "--entries and --queries, or --desk" in result.stderr) == (2, True)


@dataclass(frozen=True)
class Pairs:
    """An encoder of character pairs: alike in letters is alike in meaning."""

    name: str = "pairs"

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        counts = np.full((len(texts), 64), 0.01, np.float32)
        for row, text in enumerate(texts):
            for at in range(len(text) - 1):
                counts[row, (ord(text[at]) * 31 + ord(text[at + 1])) % 64] += 1
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    encode_document = encode_query


async def test_vectors_of_citizens_words_are_not_kept() -> None:
    stored = InMemoryVectors()
    queries = [Query(qid=text, text=text, pos=frozenset({e}), kind="chosen") for text, e in ASKED]
    bench = Workbench(
        entries=ENTRIES, encoder=Pairs(), store=stored, region="", today=date(2026, 11, 18)
    )
    labels = DeskLabels(queries=tuple(queries), left_out={})
    model = await bench.fit(labels, load_model(), bound=0.02)
    assert model.fitted["encoder"] == "pairs"
    assert stored.kept == {}
