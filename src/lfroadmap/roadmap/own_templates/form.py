"""The form of a template's TOML: the keys of each entry, and the type of value that each takes."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.model import (
    KPI_BINDING,
    ROW_VALUES,
    Better,
    CalculatorKind,
    Kind,
    Origin,
    Role,
    TextDirection,
)

Entry = Literal[
    "template", "stage", "card", "field", "option", "task", "calculator", "row", "kpi", "note", "reading"
]
Value = Literal["words", "text", "unit", "flag", "day", "rule", "id", "source", "entries", "choice"]
"""`words`: a text in one language or both; `source`: whose built-in words an entry has; `choice`: one of a
few texts; `rule`: how a task repeats."""
ID_PREFIX = "/"
"""Begins an id that stands for itself; any other follows that of the entry above, and a dot."""
KPI_PREFIX = "kpi"


class Key(NamedTuple):
    """What a key of an entry takes."""

    value: Value
    required: bool = False
    entry: Entry | None = None
    """The entries of a list."""
    choices: tuple[str, ...] = ()


_ID, _WORDS, _NEEDED, _TEXT, _DAY = Key("id", True), Key("words"), Key("words", True), Key("text"), Key("day")
_COMMON = {"id": _ID, "words_from": Key("source")}
_NOTES = {"notes": Key("entries", entry="note")}
_LANGUAGES = {"he": _TEXT, "en": _TEXT}

FORM: dict[Entry, dict[str, Key]] = {
    "template": {
        "title": _NEEDED,
        "about": _WORDS,
        "audience": _WORDS,
        "stages": Key("entries", True, "stage"),
        "kpis": Key("entries", entry="kpi"),
    },
    "stage": {**_COMMON, "title": _NEEDED, "short": _WORDS, "cards": Key("entries", entry="card")},
    "card": {
        **_COMMON,
        "title": _NEEDED,
        "about": _WORDS,
        "fields": Key("entries", entry="field"),
        "tasks": Key("entries", entry="task"),
        "calculators": Key("entries", entry="calculator"),
        **_NOTES,
    },
    "field": {
        **_COMMON,
        "kind": Key("choice", True, choices=get_args(Kind)),
        "role": Key("choice", choices=get_args(Role)),
        "label": _NEEDED,
        "hint": _WORDS,
        "direction": Key("choice", choices=get_args(TextDirection)),
        "options": Key("entries", entry="option"),
        "value": _TEXT,
    },
    "option": {"id": Key("text", True), **_LANGUAGES},
    "task": {
        **_COMMON,
        **_LANGUAGES,
        "done": Key("flag"),
        "done_on": _DAY,
        "due": _DAY,
        "owner": _TEXT,
        "repeat": Key("rule"),
        **_NOTES,
    },
    "calculator": {
        **_COMMON,
        "kind": Key("choice", True, choices=get_args(CalculatorKind)),
        "title": _NEEDED,
        "rows": Key("entries", entry="row"),
    },
    "row": {**_COMMON, **_LANGUAGES, **dict.fromkeys(ROW_VALUES, _TEXT)},
    "kpi": {
        **_COMMON,
        "measure": _NEEDED,
        "definition": _WORDS,
        "target": _WORDS,
        "owner": _WORDS,
        "better": Key("choice", choices=get_args(Better)),
        "unit": Key("unit"),
        **dict.fromkeys(KPI_BINDING, _TEXT),
        "baseline": _TEXT,
        "current": _TEXT,
        "readings": Key("entries", entry="reading"),
    },
    "note": {"id": _ID, "text": Key("text", True), "author": _TEXT, "time": _TEXT},
    "reading": {
        "id": _ID,
        "value": Key("text", True),
        "day": Key("day", True),
        "origin": Key("choice", choices=get_args(Origin)),
        "source": _TEXT,
        "time": _TEXT,
    },
}
"""Entry -> its keys, in the order in which they are written."""
IN_LANGUAGES: frozenset[Entry] = frozenset({"option", "task", "row"})
"""Entries with their text in keys of their own, one for each language."""
