"""Garbage is looked for while nothing is typed, and not before."""

from __future__ import annotations

import asyncio
import gc

import pytest

from counting import counted
from lfroadmap.ui import garbage
from lfroadmap.ui.garbage import QuietCollector


async def until(holds: object, number: int) -> None:
    async with asyncio.timeout(20):
        while len(holds) < number:  # type: ignore[arg-type]
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> object:
    """Leave the collector of the tests as it is."""
    thresholds = gc.get_threshold()
    monkeypatch.setattr(garbage, "QUIET", 0.05)
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.parametrize(
    ("counts", "asked"), [((0, 0, 0), []), ((5000, 0, 0), [(1,)]), ((0, 2, 3), [(1,)]), ((0, 0, 12), [()])]
)
async def test_how_much_is_looked_at_depends_on_what_is_new(
    counts: tuple[int, int, int], asked: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    collected: list[tuple[int, ...]] = []
    monkeypatch.setattr(gc, "collect", lambda *generation: collected.append(generation))
    looks = counted(monkeypatch, QuietCollector, "_look")
    collector = QuietCollector()
    collector.start()
    collector.used()
    await until(looks, 1)
    assert collected == asked


async def test_it_waits_as_long_as_keys_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (5000, 0, 0))
    monkeypatch.setattr(gc, "collect", collected.append)
    looks = counted(monkeypatch, QuietCollector, "_look")
    monkeypatch.setattr(garbage, "monotonic", lambda: 100.0)
    collector = QuietCollector()
    collector.start()
    collector.used()
    await until(looks, 2)
    assert not collected, "no time has passed since the last key"
    monkeypatch.setattr(garbage, "monotonic", lambda: 101.0)
    await until(collected, 1)


async def test_before_the_program_has_started_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = counted(monkeypatch, QuietCollector, "_wait")
    collector = QuietCollector()
    collector.used()
    assert not looks
    collector.start()
    collector.used()
    assert looks
