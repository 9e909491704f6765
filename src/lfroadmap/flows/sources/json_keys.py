"""The keys of JSON lines as headings; an object within one gives headings such as `user.id`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.flows.sources.heads import Pairs

_SAMPLE_LINES = 1000
_LONGEST_LINE = 1 << 20
_LIST_LIMIT = 1 << 30
"""Bytes of a list that is read; one object a line has no limit."""


def keys_in(path: Path, chosen: Pairs) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The headings of the first lines with those that are chosen, and these lines as rows."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        lines = [line for line in islice(iter(lambda: file.readline(_LONGEST_LINE), ""), _SAMPLE_LINES)]
    found = [dict(_flat("", each)) for line in lines if isinstance(each := _parsed(line), dict)]
    named = (head for _, head in chosen if head and not head.startswith("#"))
    heads = tuple(dict.fromkeys((*(key for row in found for key in row), *named)))
    known = {key for row in found for key in row}
    heads = tuple(head for head in heads if head in known or _may_be_later(head, known))
    return heads, tuple(tuple(row.get(head, "") for head in heads) for row in found[:200])


def _may_be_later(head: str, known: set[str]) -> bool:
    """True for a chosen heading that no key of the sample is another spelling of."""
    return head.casefold() not in {key.casefold() for key in known}


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _flat(prefix: str, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, each in value.items():
        if isinstance(each, dict):
            yield from _flat(f"{prefix}{key}.", each)
        elif not isinstance(each, list):
            yield f"{prefix}{key}", "" if each is None else str(each)


def path_of(head: str) -> str:
    """The path of a heading in JSON; a point parts an object from a key in it."""
    return "$" + "".join(f'."{part}"' for part in head.replace('"', '\\"').split("."))


def clean_lines(path: Path, target: Path, longest: int) -> None:
    """Write the lines that are UTF-8 and not too long; of the others a sign that is no JSON."""
    with path.open("rb") as source, target.open("wb") as file:
        while line := source.readline(longest):
            is_whole = len(line) < longest or line.endswith(b"\n")
            while not is_whole and (rest := source.readline(longest)) and not rest.endswith(b"\n"):
                pass
            file.write(line if is_whole and _is_text(line) else b"\xef\xbf\xbd\n")


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def lines_of_list(path: Path, target: Path) -> None:
    """Write a list of objects as lines; raises BrokenSnapshot for another JSON."""
    if path.stat().st_size > _LIST_LIMIT:
        raise BrokenSnapshot("flows_json_large", limit=_LIST_LIMIT >> 20)
    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrokenSnapshot("flows_json", reason=str(error)[:200]) from error
    if not isinstance(value, list):
        raise BrokenSnapshot("flows_json", reason="no list")
    with target.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(f"{json.dumps(each, ensure_ascii=False)}\n" for each in value)
