"""How reminders leave the desk: one small port, e-mail and groups' robots behind it."""

from bot.reminding.choose import carriers_of
from bot.reminding.sender import Sender

__all__ = ["Sender", "carriers_of"]
