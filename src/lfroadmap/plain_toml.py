"""A quick reader of the TOML that the product's own texts and templates are written in.

`tomllib` is written in Python and takes 24 ms for them, a tenth of a start. Here one pass turns the source
into JSON, whose reader is written in C. It knows the forms that those files use: a statement at the start of
a line, bare keys, strings without `'`, lists and inline tables. What is no JSON then is read by `tomllib`.
A key that is there twice is not noticed.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TEXT = r'"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_TOKEN = re.compile(
    rf"(?P<key>[\w-]+(?:\.[\w-]+)*)[ ]*=[ ]*(?P<text>{_TEXT})?"
    rf"|{_TEXT}"
    r'|"""\n?(?P<lines>[^"\\]*(?:(?:"(?!"")|\\.)[^"\\]*)*)"""'
    r"|^\[(?P<many>\[)?(?P<table>[\w.-]+)\]\]?$"
    r"|(?P<left_out>\#[^\n]*|,(?=\s*[\]}]))",
    re.MULTILINE,
)
_QUOTE = re.compile(r'\\.|(?P<bare>")')
"""A quotation mark within a text of many lines, which JSON has escaped; what is escaped is passed over."""


def read(source: str) -> dict[str, Any]:
    """The tables of a TOML text; raises tomllib.TOMLDecodeError."""
    try:
        parts = json.loads(_as_json(source), strict=False)
    except ValueError:
        import tomllib  # noqa: PLC0415 - costs 3 ms, and is not needed for what comes with the product

        return tomllib.loads(source)
    root: dict[str, Any] = {}
    for name, many, body in parts:
        table = _place(root, name, many)
        for key, value in body.items():
            *above, last = key.split(".")
            _inner(table, above)[last] = value
    return root


def _as_json(source: str) -> str:
    """A list of tables: the name of each, whether it is one of many, and its own statements."""
    is_first = True

    def translate(token: re.Match[str]) -> str:
        nonlocal is_first
        if key := token["key"]:
            begins = token.start() == 0 or source[token.start() - 1] == "\n"
            comma, is_first = "," if begins and not is_first else "", is_first and not begins
            return f'{comma}"{key}":{token["text"] or ""}'
        if table := token["table"]:
            is_first = True
            return f'}}],["{table}",{"true" if token["many"] else "false"},{{'
        if token["lines"] is not None:
            quoted = _QUOTE.sub(lambda sign: '\\"' if sign["bare"] else sign[0], token["lines"])
            return f'"{quoted}"'
        return "" if token["left_out"] else token[0]

    return f'[["",false,{{{_TOKEN.sub(translate, source)}}}]]'


def _place(root: dict[str, Any], name: str, many: bool) -> dict[str, Any]:
    """The table that a header opens."""
    if not name:
        return root
    *above, last = name.split(".")
    table = _inner(root, above)
    if not many:
        return _inner(table, [last])
    new: dict[str, Any] = {}
    table.setdefault(last, []).append(new)
    return new


def _inner(table: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The table within, made where it is missing; of many, the last."""
    for name in names:
        inner = table.setdefault(name, {})
        table = inner[-1] if isinstance(inner, list) else inner
    return table
