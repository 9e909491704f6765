"""Edits that are written into a roadmap's file one by one, each a step of its own."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.roadmap.edits import Edit
from lfroadmap.store.store import Store


def make(path: Path, *edits: Edit | str) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    for edit in edits:
        store.undo() if edit == "undo" else store.submit(edit)  # type: ignore[arg-type]
        store.end_burst()
        assert store.flush(10)
    store.close()
