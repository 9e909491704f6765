"""A history as the store gives it, of edits that were done in a known order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from lfroadmap.report.change_log import HistoryLine, history_lines
from lfroadmap.roadmap import codec
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.words import Language, words
from samples import sample

BEGAN = datetime(2026, 3, 14, 18, 0, 30, 250_000, tzinfo=timezone(timedelta(hours=2)))


def lived(
    roadmap: Roadmap, edits: Sequence[Edit], language: Language, scope: Scope = WHOLE
) -> tuple[Roadmap, tuple[HistoryLine, ...]]:
    """The roadmap after the edits, an hour each, by Dana and Yossi in turn, and its history."""
    rows = []
    for n, edit in enumerate(edits):
        node, attribute = edit.touches()
        at, author = BEGAN + timedelta(hours=n), ("dana", "יוסי")[n % 2]
        made = codec.dump(edit), codec.dump(edit.inverse(roadmap))
        rows.append(
            ChangeEntry(
                n + 1, at, author, type(edit).__name__, node, attribute, None, None, "", None, None, *made
            )
        )
        roadmap = edit.on(roadmap)
    return roadmap, history_lines(reversed(rows), roadmap, words(language), scope)


def sample_history(language: Language) -> tuple[HistoryLine, ...]:
    """Some of everything that can be done to `samples.sample`."""
    edits: list[Edit] = [
        SetField("goals.owner", "Dana <Levi>"),
        SetField("goals.owner", "=דנה"),
        SpliceText("goals.text", 0, 0, "First of all\n"),
        Tick("goals.2", True, "2026-03-14"),
        SetKpi("k1", "current", "30"),
        Add(Task("own", "Ask [them](javascript:x)"), "goals"),
        Move("own", "goals", ""),
        Batch((Tick("own", True, "2026-03-15"), SetField("goals.deadline", "2026-04-01"))),
        Remove("own"),
    ]
    return lived(sample(language), edits, language)[1]
