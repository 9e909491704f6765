"""Typed text as Markdown that shows the same, with a backslash only where CommonMark or GitHub needs one.

The text is also pasted where Markdown is not rendered, as into a chat: there every backslash would be seen.
"""

from __future__ import annotations

import re

_PUNCTUATION = "!-/:-@\\[-`{-~"
_BACKSLASH = re.compile(rf"\\(?=[{_PUNCTUATION}\n]|$)")
_TAG = re.compile("<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINK = re.compile(r"\][(\[:]")
_RUNS = re.compile(r"(?P<char>[*_~])(?P=char)*")
_BLOCK = re.compile(
    r"#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|(?:`{3}|~{3})|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:-[ \t]*){3,}$"
)
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?<=[Ww]{3})\.|:(?=//|[\w+-]+:)")
"""A sign without which no program takes a word for an address; in one, backslashes would be a part of it."""
_CLOSING_HASHES = re.compile(r"(?<=\s)#(?=#*$)")


def inline(text: str, *, in_bold: bool = False, in_cell: bool = False) -> str:
    """A line that begins no block; `in_bold` it stands between asterisks, `in_cell` between pipes."""
    text = _BACKSLASH.sub(r"\\\\", text)
    if text.count("`") > 1 or (in_bold and "`" in text):
        text = text.replace("`", "\\`")
    text = _without_emphasis(text, in_bold)
    if _LINK.search(text):
        text = text.replace("[", "\\[").replace("]", "\\]")
    text = _ENTITY.sub(r"\\&", _TAG.sub(r"\\<", text))
    text = text.replace("|", "\\|") if in_cell else text
    return _WORD.sub(lambda word: _as_no_address(word[0]), text) if "\\" in text else text


def _as_no_address(word: str) -> str:
    return _ADDRESS.sub(r"\\\g<0>", word) if "\\" in word else word


def heading(text: str) -> str:
    """The text of a heading, which would lose number signs at its end."""
    return _CLOSING_HASHES.sub(r"\\#", inline(text))


def block(text: str) -> str:
    """Lines that stand by themselves, and could begin a list, a quote or a heading."""
    escaped = inline(text)
    if _BLOCK.match(escaped):
        return f"\\{escaped}"
    return _NUMBERED.sub(r"\1\\", escaped, count=1) if _NUMBERED.match(escaped) else escaped


def _without_emphasis(text: str, in_bold: bool) -> str:
    """The text with those signs escaped that could begin or end an emphasis together with another."""
    runs = list(_RUNS.finditer(text))
    first_opening = {run["char"]: run.start() for run in reversed(runs) if _opens(text, run)}
    last_closing = {run["char"]: run.start() for run in runs if _closes(text, run)}
    parts, at = [], 0
    for run in runs:
        char, start = run["char"], run.start()
        begins = _opens(text, run) and last_closing.get(char, -1) > start
        ends = _closes(text, run) and first_opening.get(char, len(text)) < start
        if begins or ends or (in_bold and char == "*"):
            parts += [text[at:start], f"\\{char}" * len(run[0])]
            at = run.end()
    return "".join([*parts, text[at:]])


def _opens(text: str, run: re.Match[str]) -> bool:
    after = text[run.end() : run.end() + 1]
    inside = run["char"] == "_" and text[max(run.start() - 1, 0) : run.start()].isalnum()
    return bool(after.strip()) and not inside


def _closes(text: str, run: re.Match[str]) -> bool:
    before = text[max(run.start() - 1, 0) : run.start()]
    inside = run["char"] == "_" and text[run.end() : run.end() + 1].isalnum()
    return bool(before.strip()) and not inside
