"""Every sentence a citizen can be sent by the desk itself, a file for what it is about."""

from handlers.texts import cases, contacts, corrections, danger, general, notices, places, talk

__all__ = [
    "cases",
    "contacts",
    "corrections",
    "danger",
    "general",
    "notices",
    "places",
    "talk",
]
