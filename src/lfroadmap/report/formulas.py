"""Keeping what was typed from becoming a formula, whichever sign a sheet takes for the end of a cell.

Where a list is separated by semicolons, `a;=20+22;b` in a file of commas is three cells, and the second
calculates; so a sign that begins a formula is guarded behind every usual separator, not only at the start.
"""

from __future__ import annotations

import re

_APART = ",;|\t\r\n"
"""What a sheet may take for the end of a cell or of a row."""
_SIGN = r"[=+\-@＝＋－＠\t\r]"
"""What makes a formula at the start of a cell; some sheets pass over a tab or a CR before it."""
_FORMULA = rf"(?:[^\S\t\r\n]|[\"'])*{_SIGN}"
"""A formula; quotes and spaces before it may be taken off by who reads the cell."""

_SIGNS = re.compile(_SIGN)
_FIRST = re.compile(_FORMULA)
_BEHIND = re.compile(rf"[{_APART}](?={_FORMULA})")
_GUARDED = re.compile(rf"(?<=[{_APART}])'(?={_FORMULA})")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
_MARKDOWN = re.compile(rf"(?:^|(?<=[{_APART}]))(?:(?:[^\S\t\r\n]|[\"'])*[=+\-@＝＋－＠])+")
"""As many signs as follow each other: the number of one of full width ends with a semicolon."""
_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "=+-@"} | {sign: f"&#{ord(sign)};" for sign in "＝＋－＠"}
)
_LINE = re.compile(r"(?m)^(?=[=+\-@＝＋－＠])")


def is_formula(text: str) -> bool:
    """Whether a sheet might take a cell for a formula; a plain number or percent, as `+20%`, is none."""
    return bool(_FIRST.match(text)) and not _NUMBER.fullmatch(text)


def guard(text: str, *, is_first: bool = False) -> str:
    """The text with an apostrophe before each part of it that a sheet might take for a formula.

    A cell that is a plain number stays one, unless it `is_first` in its row: taken apart at another sign,
    that begins a cell which holds more than the number. `unguard` takes the apostrophes off again.
    """
    if not _SIGNS.search(text):
        return text
    behind = _BEHIND.sub(r"\g<0>'", text) if _BEHIND.search(text) else text
    guarded = _FIRST.match(text) if is_first else is_formula(text)
    return f"'{behind}" if guarded else behind


def unguard(text: str) -> str:
    """What `guard` was given.

    Of a text that it did not make only an apostrophe at the start is taken off, as older exports have it.
    """
    if "'" not in text:
        return text
    first = text[1:] if text.startswith("'") and _FIRST.match(text) else text
    bare = _GUARDED.sub("", first)
    return bare if text in (guard(bare), guard(bare, is_first=True)) else first


def guard_markdown(text: str) -> str:
    r"""Markdown of a cell with each sign that begins a formula escaped, which shows the same.

    `\=` shows as `=`; signs of full width have no such escape, and are written by their number.
    """
    if _NUMBER.fullmatch(text):
        return text
    return _MARKDOWN.sub(lambda found: found[0].translate(_ESCAPES), text)


def guard_lines(text: str) -> str:
    """Lines to be pasted, of which each is a cell to a sheet: a space before what would begin a formula."""
    return _LINE.sub(" ", text)
