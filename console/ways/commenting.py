"""What the pages about comments (留言) work with; `bot/app.py` builds it."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.comments.filing import Filer
from handlers.comments.ports import CommentDesk


@dataclass(frozen=True, kw_only=True)
class Commenting:
    """`filer` files anew what was held by mistake; an approved order waits `undo` to be sent."""

    store: CommentDesk
    filer: Filer
    undo: timedelta = timedelta(seconds=60)
