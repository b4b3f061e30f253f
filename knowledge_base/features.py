"""What speaks for and against an entry as the answer to a question, as numbers."""

import re
from collections.abc import Sequence

import numpy as np

from knowledge_base.embedding import DenseIndex
from knowledge_base.fuzzy import likeness
from knowledge_base.index import Candidates, KnowledgeIndex, Numbers
from knowledge_base.lexical import Floats, telling_words
from knowledge_base.ports import Vectors

MEANING = ("cosine", "cosine_z", "passage", "passage_z", "cosine_gap", "passage_gap", "mean_gap")
"""Features that need an encoder; 0 without one."""
WORDS = (
    "bm25",
    "bm25_passage",
    "bm25_gap",
    "bm25_passage_gap",
    "whole",
    "part",
    "kept",
    "pairs",
    "covered",
    "covered_by_entry",
    "rarest_missing",
    "rarest_missing_in_entry",
    "wording_covered",
    "wording_rarest_missing",
    "asks_the_same",
    "asks_otherwise",
    "other_deed",
    "same_deed",
    "condition_missing",
    "condition_added",
    "number_missing",
    "number_added",
    "length",
    "longer",
    "shorter",
)
NAMES = MEANING + WORDS

_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"哪里|哪儿|在哪|去哪|到哪|地址|地点|位置|哪个(?:部门|单位|地方|窗口|大厅)|网点|场所",
        r"多少钱|费用|收费|价格|金额|多少元|几块|要钱|花钱",
        r"多久|多长时间|几天|期限|时限|工作日|有效期|几年|多少天|多长",
        r"什么时候|何时|几点|几号|时间(?!限)|哪天|上班|周[一二三四五六末日]|日期",
        r"材料|资料|证件|证明|带什么|带啥|拿什么|准备(?:什么|啥|哪些)|提交(?:什么|啥|哪些)|需要(?:什么|啥|哪些)证",
        r"条件|资格|要求|哪些人|什么人|谁(?:可以|能)|对象|范围|符合|满足",
        r"电话|联系方式|热线|号码|打(?:哪个|什么|几)",
        r"什么是|是什么|含义|指什么|指的是|定义|什么叫|啥是|啥叫|是啥|啥意思|什么意思",
        r"为什么|为何|原因|咋不|怎么不",
        r"标准|比例|额度|基数|上限|下限|最高|最低|多少(?!天|年|钱)",
        r"怎么|如何|怎样|咋|流程|步骤|程序|手续|方法|方式|途径",
        r"能否|是否|可否|能不能|可不可以|可以|吗$|么$|不$|行不行|算不算|用不用|要不要|是不是|有没有",
        r"查询|查(?!处|封)|查看|看到",
    )
)
_DEEDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"申请|申办|申领|申报|新办|首次|初次|开办|开通|开立|设立|成立|注册|开(?=个|一家)",
        r"注销|销户|取消|撤销|停用|不要了|关闭|解除|退(?!休|役|伍)",
        r"补办|补领|丢|遗失|挂失|补证|补发",
        r"变更|修改|更改|更正|换成|改(?!革|造)|更换|更名",
        r"转移|转入|转出|迁入|迁出|过户|转让|转接|转(?=到|回|给)|迁",
        r"续签|延期|延长|续期|续办|到期|展期",
        r"缴|交(?:钱|费|社保|税|罚款)|支付|付款|补缴",
        r"提取|支取|取出|领取|取(?=钱|出来)",
        r"报销|结算|理赔|赔偿|补偿",
        r"贷款|还贷|还款|借款",
        r"查询|查(?!处|封)|查看",
        r"打印|下载|证明",
        r"预约|挂号|报名|考试|体检",
        r"投诉|举报|反映|维权|申诉|复议|仲裁|起诉",
        r"备案|登记|审批|审核|年检|年审|检验|审验",
        r"激活|密码|登录|绑定|解绑",
    )
)
_CONDITIONS = tuple(
    re.compile(pattern)
    for pattern in (
        r"外地|外省|外埠|非本市|非京|异地|跨省|非本地",
        r"本市|本地|京籍|本省",
        r"外国|外籍|境外|留学|海外",
        r"港澳台?|台湾|香港|澳门",
        r"退休|离休|养老",
        r"失业|下岗|待业",
        r"灵活就业|自由职业|个体",
        r"农村|农民|村民|农业",
        r"残疾|失能|伤残",
        r"老人|老年|高龄|[六七八九]十岁|爷爷|奶奶",
        r"孩子|儿童|未成年|新生儿|婴儿|宝宝|小孩|闺女|儿子",
        r"学生|毕业生|大学生|应届",
        r"军人|退役|退伍|现役|军官",
        r"企业|公司|单位|用人单位|法人|机构",
        r"个人|本人|自己|自然人",
        r"夫妻|配偶|离婚|再婚|结婚|丈夫|妻子|爱人",
        r"去世|死亡|继承|遗产|过世",
        r"怀孕|生育|产假|孕|哺乳",
        r"工伤|职业病",
        r"摩托|电动自行车|电动车|自行车|电瓶车",
        r"货车|客车|挂车|出租车|网约车|校车|公交|地铁",
        r"新能源|纯电",
        r"二手|存量房|旧房",
        r"新建|商品房|期房|预售",
        r"公租房|廉租房|经济适用|共有产权|保障房|自住房|限价房",
        r"网上|手机|线上|app|微信|在线|电子",
        r"租房|租赁|出租|承租",
        r"代办|委托|代理|他人|别人",
        r"临时|暂时|短期",
        r"门诊",
        r"住院",
    )
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def _has(patterns: Sequence[re.Pattern[str]], text: str) -> frozenset[int]:
    return frozenset(place for place, pattern in enumerate(patterns) if pattern.search(text))


class Question:
    """A normalised question with what every comparison needs of it."""

    def __init__(self, text: str, index: KnowledgeIndex) -> None:
        self.text = text
        self.words = telling_words(text)
        self.rarities = np.array([index.question_words.rarity(word) for word in self.words])
        self.rarest = index.question_words.rarest
        self.asked = _has(_ASKED, text)
        self.deeds = _has(_DEEDS, text)
        self.conditions = _has(_CONDITIONS, text)
        self.digits = frozenset(_DIGITS.findall(text))

    @classmethod
    def of_wording(cls, index: KnowledgeIndex, row: int) -> "Question":
        """The same for a wording of the index, remembered there."""
        known = index.remembered.get(("wording", row))
        if known is None:
            known = cls(index.texts.wordings.texts[row], index)
            index.remembered["wording", row] = known
        assert isinstance(known, cls)
        return known

    def covered(self, text: str) -> tuple[float, float]:
        """The weighted share of its words in `text`, and the weight of the rarest one missing."""
        if not self.words:
            return 0.0, 0.0
        there = np.array([word in text for word in self.words])
        share = float(self.rarities[there].sum() / max(float(self.rarities.sum()), 1e-6))
        missing = self.rarities[~there]
        return share, float(missing.max() / self.rarest) if len(missing) else 0.0


def best_rows(index: KnowledgeIndex, found: Candidates) -> list[int]:
    """For each candidate the row of its nearest wording; -1 for an entry without wordings."""
    best = []
    for entry in found.entries:
        rows = np.array(index.texts.wordings.rows_of(int(entry)), np.int64)
        if len(rows) == 0:
            best.append(-1)
            continue
        score = found.by_question[rows].astype(np.float32)
        if found.vector is not None and index.meaning is not None and index.meaning.wordings:
            score = score + 2 * index.meaning.wordings.cosines(found.vector, rows)
        best.append(int(rows[int(np.argmax(score))]))
    return best


def matrix(index: KnowledgeIndex, question: str, found: Candidates) -> tuple[Floats, list[int]]:
    """Features of shape (len(found.entries), len(NAMES)), and each candidate's nearest row."""
    rows = best_rows(index, found)
    asked = Question(question, index)
    words = [
        _by_words(index, asked, int(entry), row)
        for entry, row in zip(found.entries, rows, strict=True)
    ]
    bm25 = np.array([found.by_question[row] if row >= 0 else 0.0 for row in rows])
    passage = found.by_passage[found.entries]
    scores = np.stack([bm25, passage, _gap(bm25), _gap(passage)], axis=1)
    return np.concatenate(
        [
            _by_meaning(index, found, rows),
            scores,
            np.array(words, np.float32).reshape(len(rows), len(WORDS) - 4),
        ],
        axis=1,
    ).astype(np.float32), rows


def _by_meaning(index: KnowledgeIndex, found: Candidates, rows: list[int]) -> Floats:
    if found.vector is None or index.meaning is None or not rows:
        return np.zeros((len(rows), len(MEANING)), np.float32)
    passage, passage_z = _cosines(index.meaning.passages, found.vector, found.entries)
    cosine, cosine_z = passage, passage_z
    if index.meaning.wordings is not None:
        cosine, cosine_z = _cosines(index.meaning.wordings, found.vector, np.array(rows, np.int64))
        none = np.array(rows) < 0
        cosine, cosine_z = np.where(none, passage, cosine), np.where(none, passage_z, cosine_z)
    gaps = [_gap(cosine), _gap(passage), _gap(cosine + passage)]
    return np.stack([cosine, cosine_z / 10, passage, passage_z / 10, *gaps], axis=1)


def _cosines(dense: DenseIndex, vector: Vectors, rows: Numbers) -> tuple[Floats, Floats]:
    cosines = dense.cosines(vector, rows)
    mean, deviation = dense.spread(vector)
    return cosines, (cosines - np.float32(mean)) / np.float32(deviation)


def _gap(scores: Floats) -> Floats:
    """How far each score lies below the highest; 0 for the highest."""
    return scores - scores.max() if len(scores) else scores


def _facts_of_entry(
    index: KnowledgeIndex, entry: int, whole: str
) -> tuple[frozenset[int], frozenset[str]]:
    """Conditions and numbers named anywhere in an entry, remembered in the index."""
    known = index.remembered.get(("entry", entry))
    if known is None:
        known = _has(_CONDITIONS, whole), frozenset(_DIGITS.findall(whole))
        index.remembered["entry", entry] = known
    assert isinstance(known, tuple)
    return known


def _by_words(index: KnowledgeIndex, asked: Question, entry: int, row: int) -> list[float]:
    passage = index.texts.passages[entry]
    wording = index.texts.wordings.texts[row] if row >= 0 else passage[:60]
    whole = f"{wording} {passage} {index.texts.answers[entry]}"
    alike = likeness(asked.text, wording)
    there = Question.of_wording(index, row) if row >= 0 else Question(wording, index)
    covered, missing = asked.covered(wording)
    covered_by_entry, missing_in_entry = asked.covered(whole)
    back, back_missing = there.covered(asked.text)
    both = asked.deeds & there.deeds
    in_entry, digits = _facts_of_entry(index, entry, whole)
    size, other = len(asked.text), len(wording)
    return [
        alike.whole,
        alike.part,
        alike.kept,
        alike.pairs,
        covered,
        covered_by_entry,
        missing,
        missing_in_entry,
        back,
        back_missing,
        float(len(asked.asked & there.asked) > 0),
        float(bool(asked.asked and there.asked) and not asked.asked & there.asked),
        float(bool(asked.deeds and there.deeds) and not both),
        float(len(both) > 0),
        float(len(asked.conditions - in_entry)),
        float(len(there.conditions - asked.conditions)),
        float(len(asked.digits - digits)),
        float(len(there.digits - asked.digits)),
        min(size, 60) / 60,
        max(0.0, np.log(size / max(1, other))),
        max(0.0, np.log(other / max(1, size))),
    ]
