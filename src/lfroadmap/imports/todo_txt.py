"""todo.txt: a task a line, as `x 2026-03-10 2026-02-01 Call the bank +Plan @dana due:2026-03-31`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lfroadmap.imports.sheet import MAX_ROWS, Sheet
from lfroadmap.roadmap.table_rows import NumberedRow

_DAY = r"\d{4}-\d{2}-\d{2}"
_LINE = re.compile(
    rf"(?P<done>x\s+)?(?:\((?P<priority>[A-Z])\)\s+)?(?:(?P<first>{_DAY})\s+)?(?:(?P<second>{_DAY})\s+)?(?P<text>.*)",
    re.ASCII,
)
_SIGNS = re.compile(rf"(?:x\s+(?:\([A-Z]\)\s+)?{_DAY}\s|\([A-Z]\)\s|.*(?:^|\s)due:{_DAY}(?:\s|$))", re.ASCII)
_TAGS = re.compile(r"(?:^|\s)[+@]\S")
_WORD = re.compile(r"(?<!\S)(?:(?P<kind>[+@])(?P<name>\S+)|(?P<key>due|t|rec|pri):(?P<value>\S+))")
HEADS = [
    "task",
    "done",
    "done_on",
    "due",
    "owner",
    "project",
    "priority",
    "created",
    "threshold",
    "recurrence",
]


def is_todo_txt(lines: Sequence[str]) -> bool:
    """True if lines of text are tasks of todo.txt: one has a mark of it, or most have tags."""
    filled = [line for line in lines if line.strip()]
    if any(_SIGNS.match(line) for line in filled):
        return True
    return bool(filled) and sum(bool(_TAGS.search(line)) for line in filled) * 2 > len(filled)


def todo_txt_sheet(text: str) -> Sheet:
    """The tasks as a sheet; a row has the number of its line."""
    return Sheet("", _rows(text), is_list=True)


def _rows(text: str) -> Iterator[NumberedRow]:
    yield 0, HEADS
    for n, line in enumerate(text.removeprefix("\ufeff").splitlines()[:MAX_ROWS], 1):
        if line.strip():
            yield n, _cells(line.strip())


def _cells(line: str) -> list[str]:
    found = _LINE.fullmatch(line)
    assert found  # every part of it may be missing
    done, first, second = bool(found["done"]), found["first"] or "", found["second"] or ""
    done_on, created = (first, second) if done else ("", first)
    tags: dict[str, list[str]] = {}
    for word in _WORD.finditer(found["text"]):
        tags.setdefault(word["kind"] or word["key"], []).append(word["name"] or word["value"])
    words = " ".join(_WORD.sub("", found["text"]).split())
    rest = " ".join(filter(None, ("" if done else second, words)))
    joined = {key: ", ".join(values) for key, values in tags.items()}
    return [
        rest, "TRUE" if done else "FALSE", done_on, joined.get("due", ""), joined.get("@", ""),
        joined.get("+", ""), found["priority"] or joined.get("pri", ""), created, joined.get("t", ""),
        joined.get("rec", ""),
    ]  # fmt: skip
