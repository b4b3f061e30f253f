"""What can keep a desk from starting, in words that name the next step."""

import errno
import socket
from contextlib import closing

from bot.config import Settings
from bot.config_file import BadConfiguration
from knowledge_base.calibration import ModelIsUnusable
from knowledge_base.ports import EncoderUnavailable
from storage import open_storage
from storage.errors import SchemaTooNew, StorageUnavailable, WrongDatabaseUrl

FAULTS = (
    BadConfiguration,
    EncoderUnavailable,
    ModelIsUnusable,
    SchemaTooNew,
    StorageUnavailable,
    WrongDatabaseUrl,
    OSError,
)


def why(fault: Exception, settings: Settings) -> str:
    """The fault's own words, and for an address what the system leaves out."""
    number = fault.errno if isinstance(fault, OSError) else None
    place = f"{settings.host}:{settings.port}"
    if isinstance(fault, socket.gaierror) or number == errno.EADDRNOTAVAIL:
        return f"{settings.host!r} is no address of this machine: correct host in the configuration"
    if number == errno.EADDRINUSE:
        return f"{place} is taken, perhaps by this service: stop the other program or change port"
    if number == errno.EACCES:
        return f"{place} is for root alone: take a port from 1024 and put a reverse proxy before it"
    return str(fault)


async def check_start(settings: Settings) -> int:
    """The port for several workers; raises one of `FAULTS` once, before each would meet it."""
    with closing(socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((settings.host, settings.port))
        port: int = one.getsockname()[1]
    storage = await open_storage(settings.database_url)
    try:
        await storage.migrate()
    finally:
        await storage.close()
    return port
