"""Who waits for a file sees how far it is, and may call it off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lfroadmap.export import ExportContext, render
from lfroadmap.export.export_progress import Cancelled, ExportProgress
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.words import words
from samples import TODAY

SLOW = ("html", "json", "xlsx", "csv", "md")
"""The formats that take a while when there is much to tell."""


class Watched(ExportProgress):
    """Keeps what it says."""

    def __init__(self) -> None:
        self.said: list[float] = []
        super().__init__()

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "share" and isinstance(value, float):
            self.said.append(value)


def large() -> ExportContext:
    tasks = tuple(Task(f"t{n}", f"Task {n}") for n in range(2_000))
    cards = tuple(Card(f"c{n}", f"Card {n}", tasks=tasks[n * 50 : n * 50 + 50]) for n in range(40))
    return ExportContext(Roadmap("r", "R", stages=(Stage("s", "S", cards),)), words("en"), TODAY)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("name", SLOW)
def test_the_share_grows_from_nothing_to_all(name: str) -> None:
    progress = Watched()
    made = render(replace(large(), progress=progress), name)
    assert made == render(large(), name)
    assert progress.said[0] == 0 and progress.said[-1] == 1
    assert progress.said == sorted(progress.said)
    assert len(set(progress.said)) > 5
    assert max(later - sooner for sooner, later in zip(progress.said, progress.said[1:], strict=False)) < 0.6


@pytest.mark.parametrize("name", SLOW)
def test_what_was_called_off_ends(name: str) -> None:
    progress = ExportProgress()
    progress.is_cancelled = True
    with pytest.raises(Cancelled):
        render(replace(large(), progress=progress), name)
