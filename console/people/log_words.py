"""The audit log in the auditor's words; what has no word yet is shown as it was written."""

from dataclasses import dataclass
from typing import Final

from cases.records import SEALED
from cases.supervision.words import ALARMS, POSTS
from console import words

UNKNOWN: Final = "?"


@dataclass(frozen=True)
class Group:
    """Several actions that an auditor looks for together, by their first words."""

    title: str
    actions: tuple[str, ...]


ACTIONS: Final = {
    "sign_in": "登录",
    "sign_out": "退出",
    "sign_in_failed": "登录失败",
    "session_ended": "退出其他设备",
    "password_changed": "修改密码",
    "totp_on": "开启动态口令",
    "totp_off": "关闭动态口令",
    "totp_removed": "解除他人的动态口令",
    "person_added": "添加人员",
    "person_changed": "修改人员资料",
    "person_reset": "重设密码",
    "person_unlocked": "解锁账号",
    "person_disabled": "停用账号",
    "person_enabled": "恢复账号",
    "reply_withdrawn": "撤回还没有发出的答复",
    "reveal": "查看完整个人信息",
    "export": "导出",
    "entry draft": "知识库：保存草稿",
    "entry in_review": "知识库：提交审核",
    "entry published": "知识库：发布",
    "entry withdrawn": "知识库：撤下",
    "entry merge begun": "知识库：合并，提交审核",
    "entry merge done": "知识库：合并",
    "entry merge cancelled": "知识库：取消合并",
    "entry correction proposed": "更正：写好，等审核",
    "entry correction approved": "更正：审核通过，发给群众",
    "entry correction refused": "更正：不发",
    "entry correction stopped": "更正：停发",
    "library asked for": "政策库：现在就看",
    "golden question added": "必答题：添加",
    "golden question retired": "必答题：移出",
    "synonyms changed": "同义词：修改",
    "synonyms dropped": "同义词：删去",
    "kinds changed": "不能混的词：修改",
    "kinds dropped": "不能混的词：删去",
    "places changed": "地名：修改",
    "places dropped": "地名：删去",
    "unmet question dismissed": "待补的问题：不用写",
    "unmet question taken up again": "待补的问题：恢复",
    "pair of entries settled": "检查：看过没问题",
    "pair of entries reopened": "检查：重新列出",
    "comment_split": "留言：分出来单独办",
    "office_draft": "办事地点：保存草稿",
    "office_step": "办事地点：提交、发布、退回或撤下",
    "answer_proposed": "公开答复：推荐",
    "answer_published": "公开答复：公开",
    "answer_refused": "公开答复：不公开",
    "answer_withdrawn": "公开答复：撤下",
    "citizen_shown": "群众申请查看个人信息",
    "citizen_erased": "群众申请删除个人信息",
    "retention": "按保存期限清理",
    "alarm_raised": "督办：记警示",
    "alarm_revoked": "督办：撤销警示",
    "interview_answer": "约谈：提交整改说明",
    "interview_accept": "约谈：认可整改",
    "interview_send_back": "约谈：退回整改说明",
    "interview_cancel": "约谈：撤销",
    "rota_changed": "修改值班表",
    "absence_added": "登记请假",
    "absence_removed": "删除请假",
    "contact_changed": "修改部门联系人",
    "department_added": "添加部门",
    "department_changed": "修改部门职责",
    "department_closed": "部门撤并",
    "mailbox_changed": "修改提醒邮箱",
    "calendar_imported": "录入放假通知",
    "log_verified": "核验日志",
    SEALED: "登记来信的办理步骤",
    "backup": "备份",
}
GROUPS: Final = {
    "sign-in": Group("登录和退出", ("sign_in", "sign_in_failed", "sign_out", "session_ended")),
    "failed": Group("登录失败", ("sign_in_failed",)),
    "people": Group(
        "人员和密码",
        (
            *("person_added", "person_changed", "person_reset", "person_unlocked"),
            *("person_disabled", "person_enabled", "password_changed"),
            *("totp_on", "totp_off", "totp_removed"),
        ),
    ),
    "reveal": Group("查看个人信息", ("reveal",)),
    "export": Group("导出", ("export",)),
    "entry": Group("知识库", ("entry", "golden", "synonyms", "kinds", "places", "unmet", "pair")),
    "public": Group(
        "公开答复",
        ("answer_proposed", "answer_published", "answer_refused", "answer_withdrawn"),
    ),
    "supervision": Group(
        "督办、值班和日历",
        (
            *("alarm_raised", "alarm_revoked", "interview_answer", "interview_accept"),
            *("interview_send_back", "interview_cancel", "rota_changed", "absence_added"),
            *("absence_removed", "contact_changed", "department_added"),
            *("department_changed", "department_closed"),
            *("mailbox_changed", "calendar_imported"),
        ),
    ),
    "verified": Group("核验日志", ("log_verified",)),
    "upkeep": Group("备份和登记", ("backup", SEALED)),
    "privacy": Group("个人信息申请和清理", ("citizen_shown", "citizen_erased", "retention")),
}
DETAILS: Final = {
    "address": "来自",
    "about": "对象",
    "alarm": "警示",
    "amount": "数量",
    "by": "途径",
    "case": "来信",
    "cases": "来信",
    "correction": "更正",
    "department": "部门",
    "entry": "条目",
    "erasure": "清理编号",
    "file": "文件",
    "gone": "并走的条目",
    "interview": "约谈",
    "kept": "留下的条目",
    "kind": "类别",
    "locked_until": "锁定到",
    "messages": "留言",
    "period": "时段",
    "post": "职务",
    "person": "账号",
    "reason": "原因",
    "records": "记录",
    "role": "角色",
    "sessions": "设备数",
    "substitute": "代班人",
    "version": "版本",
    "what": "内容",
    "wrong": "问题",
    "year": "年份",
}
STEP_DETAILS: Final = {
    "suggested": "推荐",
    "from": "从",
    "to": "到",
    "days": "工作日",
    "purpose": "用途",
    "sha256": "文字指纹",
}
"""What is told of a step of a case, and how it is called."""
PURPOSES: Final = {"reply": "答复", "question": "请市民补充", "out_of_scope": "告知该找谁"}
VALUES: Final = {
    "unknown name": "没有这个用户名",
    "disabled": "账号已停用",
    "locked": "账号已锁定",
    "wrong password": "密码不对",
    "wrong code": "动态口令不对",
    "command line": "命令行",
    **{role.value: title for role, title in words.ROLES.items()},
    **{kind.value: title for kind, title in ALARMS.items()},
    **{post.value: title for post, title in POSTS.items()},
}


def action(name: str) -> str:
    """What was done, in words."""
    return ACTIONS.get(name, name)
