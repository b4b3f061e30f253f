"""The port: something that takes a short text to an address outside the desk."""

from typing import Protocol


class TryLater(Exception):
    """Nothing was sent; the same letter may go out later."""


class CannotSend(Exception):
    """It will not go out before somebody changes something; the message says what."""


class MayHaveArrived(Exception):
    """The connection broke after the letter was handed over: it is not sent again."""


class Carrier(Protocol):
    """E-mail, or the robots; `address` is an e-mail address or a robot's name."""

    async def send(self, address: str, title: str, text: str) -> None:
        """Raises `TryLater`, `CannotSend` and `MayHaveArrived`."""


class NotConfigured:
    """Fits `Carrier`: what was to go out by a way that the configuration no longer names."""

    async def send(self, address: str, title: str, text: str) -> None:
        del address, title, text
        raise CannotSend("配置里没有这种发送方式了")
