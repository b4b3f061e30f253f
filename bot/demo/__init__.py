"""`huiying demo`: a fictional county to try everything with, kept in one folder."""

from bot.demo.prepare import prepare

__all__ = ["prepare"]
