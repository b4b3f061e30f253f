"""The elements of a WeChat body in XML or JSON, read without trust."""

import json
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

# A DTD, and with it every entity, can only stand before the root element: nothing else may here.
BEGINNING = re.compile(r"\ufeff?\s*(?:<\?xml[^<>]*\?>\s*)?<xml>")


class UnreadableXml(Exception):
    """Not XML, or XML that WeChat does not send: a DTD, another root."""


def elements_of(text: str) -> dict[str, Any]:
    """The elements right under `<xml>`: their text without white space around it, None if empty.

    What is no plain text (twice the same element, elements inside, attributes) is there as a list,
    so that nobody takes it for one. Raises `UnreadableXml`.
    """
    begins = BEGINNING.match(text)
    if begins is None:
        raise UnreadableXml("the body does not begin with <xml>")
    try:
        root = ElementTree.fromstring(text[begins.end() - len("<xml>") :])  # noqa: S314  # no DTD gets here
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableXml(str(error)) from error
    found: dict[str, Any] = {}
    for child in root:
        value = _value(child)
        found[child.tag] = value if child.tag not in found else [found[child.tag], value]
    return found


def members_of(text: str) -> Any:
    """The same of a body in JSON: a member that is there twice is a list. Raises `ValueError`."""
    return json.loads(text, object_pairs_hook=_each_once)


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = value if name not in found else [found[name], value]
    return found


def _value(child: ElementTree.Element) -> Any:
    if len(child) or child.attrib:
        return [child.tag]
    return (child.text or "").strip() or None
