"""A query as it is typed: words of the text, and filters such as `owner:dana is:late`, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Words, words

Flag = Literal["is_late", "is_due_this_week", "is_open"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
Part = Literal["owner", "stage", "health"]
PARTS: tuple[Part, ...] = ("owner", "stage", "health")
"""The parts of a filter that name something, in the order in which they are offered."""
_TOKEN = re.compile(r'(?:([^\s:"]+):)?(?:"([^"]*)"?|([^\s"]+))')
"""A word, words between quotation marks, or either behind a key and a colon."""


class Query(NamedTuple):
    """What a query asks for: tasks, if a filter is on, else anything with the words."""

    filter: TaskFilter = TaskFilter()
    """With the words as its `text`."""
    tasks: bool = False
    """True for tasks, also where no filter is on."""

    @property
    def for_tasks(self) -> bool:
        """True if the results are tasks."""
        return self.tasks or self.filter.is_on

    @property
    def words(self) -> list[str]:
        """The folded words that must stand in each result."""
        return fold(clean(self.filter.text)).split()

    @property
    def is_empty(self) -> bool:
        """True if it asks for nothing."""
        return not (self.for_tasks or self.words)


def read_query(typed: str) -> Query:
    """The query that a text is; `late` and `open` alone are filters beside another one, else words."""
    found = TaskFilter()
    texts: list[tuple[str, Flag | None]] = []
    for token in _TOKEN.finditer(typed):
        key, quoted, word = token[1], token[2], token[3]
        value = quoted if quoted is not None else word or ""
        if key is None and value.endswith(":") and fold(value[:-1]) in {*_keys(), *_flag_keys()}:
            continue  # its value is to be typed yet
        if key is None:
            texts.append((value, None if quoted is not None else _bare_flags().get(fold(value))))
        elif (part := _keys().get(fold(key))) is not None and value.strip():
            found = found.changed(part, value)
        elif flag := _flag(key, value):
            found = found.changed(flag, True)
        elif not any(written.startswith(fold(f"{key}:{value}")) for written in _flags()):
            texts.append((f"{key}:{value}", None))
    is_on = found.is_on
    for _, flag in texts:
        if is_on and flag:
            found = found.changed(flag, True)
    text = " ".join(text for text, flag in texts if text.strip() and not (is_on and flag))
    return Query(replace(found, text=text))


def unknown_filters(typed: str) -> list[str]:
    """The parts of a text that begin as a filter and are none, as `is:lat` or `owner:` without a name."""
    unknown = []
    for token in _TOKEN.finditer(typed):
        key, value = (token[1], token[2] if token[2] is not None else token[3] or "")
        if key is None and token[2] is None and value.endswith(":"):
            key, value = value[:-1], ""
        if key is None:
            continue
        is_part = fold(key) in _keys() and not value.strip()
        if is_part or (fold(key) in _flag_keys() and _flag(key, value) is None):
            unknown.append(f"{key}:{value}")
    return unknown


def known_filters(said: Words) -> list[str]:
    """All filters, as they are written in a language."""
    keys = [f"{_first(said(f'filter.key_{part}'))}:" for part in PARTS]
    return [*keys, *(_first(said(f"filter.written_{flag}")) for flag in FLAGS)]


def query_text(wanted: TaskFilter, said: Words) -> str:
    """The query that a filter is written as in a language."""
    parts = [
        f"{_first(said(f'filter.key_{part}'))}:{_quoted(value)}"
        for part in PARTS
        if (value := getattr(wanted, part))
    ]
    flags = [_first(said(f"filter.written_{flag}")) for flag in FLAGS if getattr(wanted, flag)]
    return " ".join([*parts, *flags, *_quoted_words(wanted.text)])


def _first(texts: str) -> str:
    return texts.partition(",")[0]


def _quoted(value: str) -> str:
    value = value.replace('"', "")
    return f'"{value}"' if not value or re.search(r"[\s:]", value) else value


def _quoted_words(text: str) -> Iterable[str]:
    """The words of a text, those between quotation marks that would be read as something else."""
    for word in text.split():
        is_special = ":" in word or fold(word) in _bare_flags()
        yield f'"{word}"' if is_special and '"' not in word else word


def _flag(key: str, value: str) -> Flag | None:
    return _flags().get(f"{fold(key)}:{fold(value)}")


@cache
def _keys() -> dict[str, Part]:
    """Folded key in any language -> the part of a filter."""
    return {
        fold(key): part
        for language in LANGUAGES
        for part in PARTS
        for key in words(language)(f"filter.key_{part}").split(",")
    }


@cache
def _flags() -> dict[str, Flag]:
    """Folded `is:late` in any language -> the flag."""
    return {
        fold(written): flag
        for language in LANGUAGES
        for flag in FLAGS
        for written in words(language)(f"filter.written_{flag}").split(",")
    }


@cache
def _flag_keys() -> frozenset[str]:
    return frozenset(written.partition(":")[0] for written in _flags())


@cache
def _bare_flags() -> dict[str, Flag]:
    """Folded word in any language -> the flag that it is beside another filter."""
    return {
        fold(word): flag
        for language in LANGUAGES
        for flag in FLAGS
        for word in words(language)(f"filter.bare_{flag}").split(",")
    }
