"""Queues, chores and modes as an administrator reads them."""

from typing import Final

MODES: Final = {"safe": "安全模式", "compatible": "兼容模式", "plain": "明文模式"}
QUEUES: Final = {
    "messages": "正在处理的来信",
    "deliveries": "要送给市民的答复",
    "attachments": "要取回的图片和语音",
    "comment_orders": "要发到留言下的操作",
    "reminders": "要发出的提醒",
    "jobs": "知识库的后台任务",
}
CHORES: Final = {
    "publish the index": "更新检索",
    "push deliveries": "推送答复",
    "fetch attachments": "取回图片和语音",
    "check links": "检查掌上办事的链接",
    "tell of waiting texts": "发过时通知",
    "resume messages": "接手没处理完的来信",
    "withdraw expired entries": "撤下过期条目",
    "fetch comments": "读取公开留言",
    "publish under comments": "发布留言回复",
    "measure comments": "统计公开留言",
    "look at policy libraries": "查看政策库",
    "gather unmet questions": "整理待补的问题",
    "read the departments": "读取部门表",
    "read the notices": "读取放假通知",
    "erase what was kept long enough": "按保存期限清理",
    "watch deadlines": "盯期限",
    "nudge before windows close": "提醒推送时限将过",
    "send reminders": "发送提醒",
    "tell the log's mark": "把操作日志的核验码写进运行日志",
}
"""The chores of `bot/chores.py`, by their names there."""
