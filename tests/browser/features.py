"""What a style sheet, a script or a page asks of a browser that Chromium 92 does not know.

Chromium 92 is of July 2021. The table beside this file names what came later.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import tinycss2
import tree_sitter_javascript
from tinycss2.ast import Node
from tree_sitter import Language, Parser
from tree_sitter import Node as Word

NEWER = json.loads(Path(__file__).with_name("newer_than_chromium_92.json").read_text())
SCRIPT = Parser(Language(tree_sitter_javascript.language()))
TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r"""(?<=\s)([a-z-]+)(?=[\s=>/]|$)(?:=(?:"[^"]*"|'[^']*'))?""")
JINJA = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
INLINE = re.compile(r"<(style|script)(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
NEWER_SYNTAX = {"class_static_block": 94, "import_attribute": 123, "using_declaration": 134}


def of_style(text: str) -> set[str]:
    """Features of a style sheet: "property text-wrap", "unit dvh", "selector :has" …"""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return set(_of_rules(rules))


def _of_rules(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            yield f"syntax: {rule.message}"
        elif rule.type == "at-rule":
            yield from _of_at_rule(rule)
        elif rule.type == "qualified-rule":
            yield from _of_selector(rule.prelude)
            if any(node.type == "{} block" for node in rule.content):
                yield "nesting"
            yield from _of_declarations(rule.content)


def _of_at_rule(rule: Node) -> Iterator[str]:
    name, known = rule.lower_at_keyword, NEWER["at_rules"]
    if name in known:
        yield f"at-rule @{name}"
    for block in (node for node in rule.prelude if node.type == "() block"):
        asked = {node.lower_value for node in block.content if node.type == "ident"}
        yield from (f"at-rule @{name} {one}" for one in asked if f"{name}:{one}" in known)
        if any(node == sign for node in block.content for sign in "<>"):
            yield f"at-rule @{name} with < or >"
    if name in {"media", "supports"}:
        yield from _of_rules(
            tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        )
    elif rule.content is not None and name != "page" and not name.endswith("keyframes"):
        yield from _of_declarations(rule.content)


def _of_selector(nodes: list[Node]) -> Iterator[str]:
    for before, node in pairwise(nodes):
        name = node.lower_value if node.type == "ident" else getattr(node, "lower_name", "")
        if before == ":" and name in NEWER["selectors"]:
            yield f"selector :{name}"
    for node in nodes:
        if node.type == "function":
            yield from _of_selector(node.arguments)


def _of_declarations(content: list[Node]) -> Iterator[str]:
    """What has an older twin before it in the same rule is only an improvement."""
    parsed = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    declared = [each for each in parsed if each.type == "declaration"]
    older = {each.lower_name for each in declared if each.lower_name.startswith("-webkit-")}
    for each in declared:
        newer = set(_of_declaration(each.lower_name, each.value))
        if not newer:
            older.add(each.lower_name)
        elif not older & {each.lower_name, f"-webkit-{each.lower_name}"}:
            yield from newer


def _of_declaration(name: str, value: list[Node]) -> Iterator[str]:
    if name in NEWER["properties"]:
        yield f"property {name}"
    for node in _inside(value):
        if node.type == "function" and node.lower_name in NEWER["functions"]:
            yield f"function {node.lower_name}()"
        elif node.type == "dimension" and node.lower_unit in NEWER["units"]:
            yield f"unit {node.lower_unit}"
        elif node.type == "ident" and node.lower_value in NEWER["keywords"].get(name, {}):
            yield f"keyword {name}: {node.lower_value}"


def _inside(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _inside(getattr(node, "arguments", None) or getattr(node, "content", None) or [])


def of_script(text: str) -> set[str]:
    """Features of a script: "name structuredClone", "class_static_block" …"""
    words = list(_words(SCRIPT.parse(text.encode()).root_node))
    found = {f"syntax: line {word.start_point[0] + 1}" for word in words if word.is_error}
    own = {_said(word) for word in words if _is_declared(word)}
    for word in words:
        if word.type in NEWER_SYNTAX:
            found.add(word.type)
        elif word.type in {"identifier", "property_identifier"} and _said(word) not in own:
            found |= {f"name {_said(word)}"} & {f"name {name}" for name in NEWER["names"]}
        elif word.type == "regex_flags" and "v" in _said(word):
            found.add("regular expression with v")
    return found


def _words(word: Word) -> Iterator[Word]:
    yield word
    for child in word.children:
        yield from _words(child)


def _said(word: Word) -> str:
    assert word.text is not None
    return word.text.decode()


def _is_declared(word: Word) -> bool:
    """Whether a name is the script's own, so that it says nothing of the browser."""
    parent = word.parent
    if word.type == "shorthand_property_identifier_pattern" or parent is None:
        return True
    if parent.type in {"pair", "method_definition"}:
        return word.type == "property_identifier"
    declares = {"function_declaration", "variable_declarator", "formal_parameters"}
    takes = {"import_specifier", "namespace_import", "array_pattern"}
    return word.type == "identifier" and (
        (parent.type in declares and word != parent.child_by_field_name("value"))
        or parent.type in takes
        or (parent.type == "arrow_function" and word == parent.child_by_field_name("parameter"))
    )


def of_page(text: str) -> set[str]:
    """Features of a template: elements, attributes, and what stands in it as style or script."""
    found: set[str] = set()
    for kind, inner in INLINE.findall(text):
        found |= of_style(inner) if kind == "style" else of_script(inner)
    for element, rest in TAG.findall(JINJA.sub("", text)):
        if element in NEWER["elements"]:
            found.add(f"element {element}")
        for name in ATTRIBUTE.findall(rest):
            if NEWER["attributes"].keys() & {f"{element}:{name}", f"*:{name}"}:
                found.add(f"attribute {name}")
    return found
