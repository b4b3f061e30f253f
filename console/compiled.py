"""Templates compiled once for each process: the console and the public pages share them.

Compiling takes about 50 ms of processor time a template, and every page needs a few.
"""

from types import CodeType
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """The code of templates in memory; a template whose text has changed is compiled again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = Compiled()
