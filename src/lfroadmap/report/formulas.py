"""Protection of typed text from becoming a formula, for any separator of cells that a spreadsheet uses.

Where a list is separated by semicolons, `a;=20+22;b` in a file of commas is three cells, and the second
is computed; so a formula is guarded behind every usual separator, not only at the start.
"""

from __future__ import annotations

import re

_SEPARATORS = ",;|\t\r\n"
"""Characters that a spreadsheet may take for the end of a cell or of a row."""
_SIGN = r"[=+\-@＝＋－＠\t\r]"
"""The first character of a formula; some spreadsheets skip a tab or a CR before it."""
_FORMULA = rf"(?:[^\S\t\r\n]|[\"'])*{_SIGN}"
"""A formula; quotes and spaces before it may be stripped by a reader."""

_SIGNS = re.compile(_SIGN)
_FIRST = re.compile(_FORMULA)
_BEHIND_SEPARATOR = re.compile(rf"[{_SEPARATORS}](?={_FORMULA})")
_GUARDED = re.compile(rf"(?<=[{_SEPARATORS}])'(?={_FORMULA})")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
_MARKDOWN = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))(?:(?:[^\S\t\r\n]|[\"'])*[=+\-@＝＋－＠])+")
"""A series of such characters: the number of a full-width one ends with a semicolon."""
_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "=+-@"} | {sign: f"&#{ord(sign)};" for sign in "＝＋－＠"}
)
_LINE = re.compile(r"(?m)^(?=[=+\-@＝＋－＠])")


def is_formula(text: str) -> bool:
    """True if a spreadsheet might take a cell for a formula; a plain number, as `+20%`, is none."""
    return bool(_FIRST.match(text)) and not _NUMBER.fullmatch(text)


def guard(text: str, *, is_first: bool = False) -> str:
    """The text with an apostrophe before each part that a spreadsheet might take for a formula.

    A cell that is a plain number stays one, unless it `is_first` in its row: split at another separator,
    the row may begin with more than the number. `unguard` removes the apostrophes.
    """
    if not _SIGNS.search(text):
        return text
    escaped = _BEHIND_SEPARATOR.sub(r"\g<0>'", text) if _BEHIND_SEPARATOR.search(text) else text
    is_risky = _FIRST.match(text) if is_first else is_formula(text)
    return f"'{escaped}" if is_risky else escaped


def unguard(text: str) -> str:
    """The text that `guard` was given.

    Of a text that it did not make only an apostrophe at the start is removed, as older exports have it.
    """
    if "'" not in text:
        return text
    first = unguard_start(text)
    bare = _GUARDED.sub("", first)
    return bare if text in (guard(bare), guard(bare, is_first=True)) else first


def unguard_start(text: str) -> str:
    """The text without an apostrophe at its start, by which many programs keep it from being a formula."""
    return text[1:] if text.startswith("'") and _FIRST.match(text) else text


def guard_markdown(text: str) -> str:
    r"""Markdown of a cell with the first characters of formulas escaped, which renders the same.

    `\=` renders as `=`; full-width characters have no such escape, and are written by their number.
    """
    if _NUMBER.fullmatch(text):
        return text
    return _MARKDOWN.sub(lambda match: match[0].translate(_ESCAPES), text)


def guard_lines(text: str) -> str:
    """Lines to be pasted, each a cell to a spreadsheet: a space before each that would become a formula."""
    return _LINE.sub(" ", text)
