"""The columns of an exchange file: one table, in Chinese and in English."""

import re
import unicodedata
from collections.abc import Sequence

CHINESE: dict[str, str] = {
    "id": "编号",
    "question": "问题",
    "variants": "相似问",
    "negatives": "反例",
    "answer": "答案",
    "department": "部门",
    "topic": "主题",
    "region": "地区",
    "audience": "适用对象",
    "source_title": "来源标题",
    "source_number": "文号",
    "source_url": "来源网址",
    "checked_on": "核对日期",
    "valid_from": "生效日期",
    "valid_until": "失效日期",
}
"""Every column in the order of an export: its name in jsonl and its name in xlsx and csv."""

REASON = "拒绝原因"
REASON_KEY = "rejected_reason"
IGNORED = frozenset({REASON, REASON_KEY, "rejected_line", "序号", "src"})
"""Known, and without meaning for an import."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id号", "条目编号", "entry_id"),
    "question": (
        "标准问",
        "标准问题",
        "常见问题",
        "群众问题",
        "咨询问题",
        "问题内容",
        "问题描述",
        "咨询内容",
        "提问",
        "问",
    ),
    "variants": (
        "相似问题",
        "相似问法",
        "相似说法",
        "扩展问",
        "问法",
        "其他问法",
        "其它问法",
        "别的问法",
        "常见问法",
        "群众问法",
        "类似问题",
        "variant",
    ),
    "negatives": ("反例问", "不匹配问法", "易混问题", "负例", "negative"),
    "answer": (
        "回答",
        "答复",
        "回复",
        "解答",
        "标准答案",
        "参考答案",
        "标准答复",
        "答案内容",
        "答复内容",
        "回复内容",
        "解答内容",
        "答复口径",
        "政策解答",
        "答",
    ),
    "department": (
        "责任部门",
        "责任单位",
        "主管部门",
        "主管单位",
        "承办单位",
        "承办部门",
        "牵头单位",
        "答复单位",
        "所属部门",
        "部门名称",
        "单位名称",
        "单位",
        "dept",
    ),
    "topic": (
        "分类",
        "类别",
        "业务主题",
        "业务类别",
        "业务分类",
        "业务类型",
        "事项类别",
        "事项分类",
        "问题分类",
        "问题类别",
        "category",
    ),
    "region": ("区域", "适用地区", "行政区划"),
    "audience": ("对象", "服务对象", "适用人群"),
    "source_title": (
        "来源",
        "依据",
        "政策依据",
        "法律依据",
        "法规依据",
        "依据文件",
        "政策文件",
        "文件名称",
        "出处",
        "source",
    ),
    "source_number": ("来源文号", "发文字号", "文件号", "依据文号", "政策文号", "文件文号"),
    "source_url": ("网址", "链接", "来源链接", "url"),
    "checked_on": ("核对日", "核实日期", "核验日期", "审核日期"),
    "valid_from": (
        "生效日",
        "生效时间",
        "起始日期",
        "有效期起",
        "有效期开始",
        "开始日期",
        "施行日期",
        "实施日期",
    ),
    "valid_until": (
        "失效日",
        "失效时间",
        "截止日期",
        "有效期止",
        "有效期至",
        "有效期截止",
        "有效期结束",
        "结束日期",
    ),
}

_FIELD_OF: dict[str, str] = {
    name: field
    for field, chinese in CHINESE.items()
    for name in (field, chinese, *_ALIASES.get(field, ()))
}
_NUMBERED = re.compile(r"(.+?)[_ ]?\d+$")


def field_of(header: object) -> str | None:
    """The field a header means, or None.

    Spaces, case and brackets do not count ("答案（必填）" is "答案"); wordings may be spread over
    numbered columns ("相似问1", "相似问2").
    """
    name = re.sub(r"[(\[【].*$", "", unicodedata.normalize("NFKC", str(header or "")))
    name = re.sub(r"[\s*:\ufeff]", "", name).lower()
    if name in _FIELD_OF:
        return _FIELD_OF[name]
    numbered = _NUMBERED.match(name)
    field = _FIELD_OF.get(numbered[1]) if numbered else None
    return field if field in {"variants", "negatives"} else None


def is_header(cells: Sequence[object]) -> bool:
    """Whether these cells name at least a question's and an answer's column."""
    return {"question", "answer"} <= {field_of(cell) for cell in cells}
