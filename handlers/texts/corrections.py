"""What a citizen reads when an answer they were given was wrong."""

from datetime import datetime

from handlers.texts.general import CHINA


def correction(about: str, asked_at: datetime, text: str) -> str:
    """The whole text; `about` is the question as the desk words it, "" when it has none.

    It is compared by `huiying verify` with what was sent: a change of words here is no change of
    what stands in the outbox already, so the released words must stay.
    """
    day = asked_at.astimezone(CHINA)
    matter = f"问过“{about}”" if about else "来问过一件事"
    return (
        f"【更正】您{day.month}月{day.day}日{matter}，我们当时的答复有误，"
        f"请以这一条为准：\n{text}\n"
        "给您添了麻烦，对不起。如果已经照原来的答复去办了，回复「人工」，我们接着帮您。"
    )
