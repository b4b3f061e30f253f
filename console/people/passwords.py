"""Passwords: argon2id, checked off the event loop, at the same cost for unknown names."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 128
# Without 0/O, 1/l/I: these passwords are read from paper.
ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"


STRENGTH: Final = 3
# What is guessed first here, and stands in no English list.
GUESSED_HERE: Final = (
    *("huiying", "woaini", "aini", "woaiwojia", "zhongguo", "gongan", "zhengfu", "admin"),
    *("5201314", "1314520", "1314", "520", "888888", "666666", "147258", "a123456", "qq123456"),
)


class Passwords:
    """Hashes and verifies on two threads of its own: each check takes 64 MiB for a moment."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
        # Two checks at a time, each reading the account anew: guesses in parallel are counted.
        self.turn = asyncio.Semaphore(2)
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        """The argon2id hash to store."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password fits; None costs as much as a real hash and never fits."""
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(
            self._threads, self._fits, stored or self._nobody, password
        )
        return fits and stored is not None

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def close(self) -> None:
        """Ends the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def new_password() -> str:
    """A first password to hand over: twelve easily read characters (about 60 bits)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def fault_of(password: str, *, name: str) -> str:
    """What is wrong with a new password, in words for the person; "" when it will do."""
    if len(password) < SHORTEST:
        return f"密码至少要 {SHORTEST} 个字符。可以用一句自己记得住的话。"
    if len(password) > LONGEST:
        return f"密码太长了，最多 {LONGEST} 个字符。"
    if name.lower() in password.lower():
        return "密码里不要包含用户名，换一个别人猜不到的。"
    if len(set(password)) < 5:
        return "密码里重复的字符太多，换一个别人猜不到的。"
    if _guessable(password, name):
        return "这个密码太容易被猜到。避开生日、拼音、键盘上连着的键，可以用一句自己记得住的话。"
    return ""


def _guessable(password: str, name: str) -> bool:
    """Whether a program would guess it in fewer than 10^8 tries (zxcvbn, USENIX Security 2016)."""
    # Imported here: its lists of words take a moment, and most commands need none.
    from zxcvbn import zxcvbn

    found = zxcvbn(password[:72], user_inputs=[name, *GUESSED_HERE])
    return int(found["score"]) < STRENGTH
