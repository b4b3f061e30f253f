"""What staff see: a web console of plain forms and full pages; and the public pages beside it."""

from console.app import create_console, create_public
from console.deps import Deps
from console.signing import sign_case

__all__ = ["Deps", "create_console", "create_public", "sign_case"]
