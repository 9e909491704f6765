"""Measuring for the Flows tab: a source, the same again, or with a filter; in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.store import measuring
from lfroadmap.ui.actions.measured import take
from lfroadmap.ui.context import FLOWS, KPIS, OVERVIEW
from lfroadmap.ui.flows.figures import shown_figures
from lfroadmap.ui.flows.state import Working
from lfroadmap.ui.screens.measure_source import MeasureSourceScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Found, SearchIndex, Target, target
from lfroadmap.usecases.measure_process import MeasureProcess
from lfroadmap.usecases.measure_run import Measured, MeasureRequest, bound_pairs
from lfroadmap.usecases.measure_setup import MeasureSetup, remembered_setup, setup_in

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

SPANS = (30, 90, 180, 365)
"""Days before the last event that the period can begin."""
ALL = "all"


async def measure_again(session: Session, shell: Shell) -> None:
    """Measure as it was done last, and take the figures; where it never was, ask for a source."""
    setup = await _remembered(session)
    if setup is None:
        await measure_source(session, shell)
    else:
        await _measure(session, shell, replace(setup, channel="", segment="", since=""))


async def measure_source(session: Session, shell: Shell) -> None:
    """Ask for a file or a folder, show how it is read, and measure it if the person agrees."""
    if session.read_only:
        shell.refuse()
        return
    if await _is_busy(session, shell):
        return
    before = await _remembered(session)
    screen = MeasureSourceScreen(
        session.words, session.settings.keys, partial(_look, session), before or MeasureSetup()
    )
    shell.hold_keys()
    setup = await shell.show(screen)
    if setup is not None:
        await _measure(session, shell, setup)


def _look(session: Session, setup: MeasureSetup) -> MeasureProcess:
    """The process that shows how sources are read."""
    request = MeasureRequest(setup, session.library.folder, session.words.language, is_preview=True)
    return MeasureProcess(request)


async def _remembered(session: Session) -> MeasureSetup | None:
    """How the roadmap was measured last; None where it never was. Raises RoadmapError."""
    text = await asyncio.to_thread(measuring.read_setup, session.store.path)
    return setup_in(text) if text else None


async def _is_busy(session: Session, shell: Shell) -> bool:
    if session.flows.working is not None:
        shell.notify(session.words("flows_tab.busy"), severity="warning")
        return True
    return False


# ------------------------------------------------------------------ measuring


async def _measure(session: Session, shell: Shell, setup: MeasureSetup) -> None:
    """Measure, and take the figures into the roadmap."""
    if session.read_only:
        shell.refuse()
        return
    measured = await _run(session, shell, setup)
    if measured is not None:
        session.flows.show(filtered=None)
        await take(session, shell, measured, setup)


async def _run(session: Session, shell: Shell, setup: MeasureSetup) -> Measured | None:
    """Measure behind the screen; None where it was called off, or failed, which the tab says."""
    if await _is_busy(session, shell):
        return None
    state, words, loop = session.flows, session.words, asyncio.get_running_loop()
    pairs = bound_pairs(session.roadmap.kpis)
    request = MeasureRequest(setup, session.library.folder, words.language, pairs)
    process = MeasureProcess(request)
    began = monotonic()

    def working(percentage: float = -1) -> Working:
        text = words("flows_tab.working", seconds=int(monotonic() - began))
        return Working(text, min(max(int(percentage), -1), 100))

    def watch(percentage: float) -> None:
        """Report how far it is; on the thread that waits for it."""
        if state.working != (now := working(percentage)):
            loop.call_soon_threadsafe(_show_progress, session, now)

    if shell.tab != FLOWS:
        shell.run(f"open_tab({len(session.roadmap.stages) + len((OVERVIEW, KPIS))})")
    state.show(working=working(), problem="", cancel=process.cancel)
    try:
        measured = await asyncio.to_thread(process.run, watch)
    except RoadmapError as error:
        state.show(problem=words.error(error))
        return None
    finally:
        process.cancel()  # whatever ended this
        state.show(working=None)
    return measured if isinstance(measured, Measured) else None


def _show_progress(session: Session, working: Working) -> None:
    if session.flows.working is not None:
        session.flows.show(working=working)


# ------------------------------------------------------------------ filters


async def choose_period(session: Session, shell: Shell) -> None:
    """Measure only the events since a day, which is chosen or typed."""
    words, shown = session.words, shown_figures(session.roadmap, session.flows)
    last = (iso_day(shown.figures.last) if shown else None) or session.today()
    days = {span: (last - timedelta(span)).isoformat() for span in SPANS}
    offered = [target("filter", ALL, words("flows_tab.all"))]
    offered += [
        target("filter", day, words.plural("flows_tab.last", span), words.day(last - timedelta(span)))
        for span, day in days.items()
    ]
    index = SearchIndex(offered)

    def search(query: str) -> list[Found]:
        return [*(Found(each, each.name) for each in _typed_day(session, query)), *index.search(query)]

    chosen = await shell.show(PaletteScreen(search, words, words("flows_tab.since_when")))
    if chosen is not None:
        await _filter(session, shell, since="" if chosen.id == ALL else chosen.id)


def _typed_day(session: Session, query: str) -> Iterator[Target]:
    try:
        day = read_day(query, session.today())
    except NotADay:
        return
    yield target("filter", day.isoformat(), session.words.day(day))


async def choose_channel(session: Session, shell: Shell) -> None:
    """Measure only customers whose first event came by a channel."""
    shown = shown_figures(session.roadmap, session.flows)
    channels = shown.figures.channels if shown else []
    await _choose(session, shell, "channel", channels)


async def choose_segment(session: Session, shell: Shell) -> None:
    """Measure only customers of a segment: a column and one of its values."""
    shown = shown_figures(session.roadmap, session.flows)
    segments = shown.figures.segments if shown else {}
    await _choose(
        session, shell, "segment", [f"{head}={v}" for head, values in segments.items() for v in values]
    )


async def _choose(session: Session, shell: Shell, name: str, values: list[str]) -> None:
    words = session.words
    if not values:
        shell.notify(words(f"flows_tab.no_{name}"), severity="warning")
        return
    offered = (target("filter", "", words("flows_tab.all")), *(target("filter", v, v) for v in values))
    prompt = words(f"flows_tab.which_{name}")
    chosen = await shell.show(PaletteScreen(SearchIndex(offered).search, words, prompt))
    if chosen is not None:
        await _filter(session, shell, **{name: chosen.id})


async def _filter(session: Session, shell: Shell, **changed: str) -> None:
    """Measure with a filter beside the ones that are set, and show the figures; without any the kept ones."""
    state = session.flows
    filters = state.filters._replace(**changed)
    if not any(filters):
        state.show(filters=filters, filtered=None, problem="")
        return
    try:
        setup = await asyncio.to_thread(remembered_setup, session.store.path, session.name)
    except RoadmapError as error:
        state.show(problem=session.words.error(error))
        return
    measured = await _run(session, shell, replace(setup, **filters._asdict()))
    if measured is not None:
        day = measured.day.isoformat()
        state.show(filters=filters, filtered=measured.figures, filtered_day=day)
