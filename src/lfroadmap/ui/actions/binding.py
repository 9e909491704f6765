"""Binding a KPI to a measure of the flows, chosen from a list that says what each one is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.report.measured_source import describe_measured
from lfroadmap.roadmap.measured_values import Source
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.structure import name_of, place_here, plan_edits
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.flows.figures import shown_figures
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, Target, target
from lfroadmap.usecases.bindings import (
    UNIT_NAMES,
    bind,
    bindable_measures,
    bound_source,
    fitting,
    unbind,
)

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

NONE, ALL = "none", "all"
"""The choices of no measure, and of all customers."""


async def bind_kpi(session: Session, shell: Shell) -> None:
    """List the measures, those that fit the KPI at the focus first, and bind it to one."""
    place = await place_here(session, shell, Kpi)
    kpi = place.node if place else None
    if not isinstance(kpi, Kpi):
        return
    words = session.words
    prompt = words("binding_list.measure", name=name_of(session, kpi))
    index = SearchIndex(_measures(session, kpi))
    chosen = await shell.show(PaletteScreen(index.search, words, prompt))
    if chosen is None:
        return
    if chosen.id == NONE:
        _bind(session, shell, kpi.id, Source(""))
    elif (pair := await _customers(session, shell)) is not None:
        _bind(session, shell, kpi.id, Source(chosen.id, *pair))


def _measures(session: Session, kpi: Kpi) -> Iterator[Target]:
    words, fit = session.words, fitting(kpi, plan_edits(session))
    order = {id: at for at, id in enumerate(fit)}
    every = bindable_measures(words)
    for at, each in enumerate(sorted(every, key=lambda each: order.get(each.id, len(every)))):
        if at == 1 and kpi.bound_to:  # not the first: Enter alone must not unbind
            now = describe_measured(bound_source(kpi).text, words)
            yield target("measure", NONE, words("binding_list.none"), words("binding_list.now", measure=now))
        misfit = [] if each.id in order else [words("kpi.figure_unfit")]
        unit = words(f"binding.unit_{UNIT_NAMES[each.unit]}")
        place = " · ".join([unit, *misfit, each.definition])
        yield target("measure", each.id, each.name, place, f"{each.id} {each.id.replace('_', ' ')}")


async def _customers(session: Session, shell: Shell) -> tuple[str, str] | None:
    """All customers, those of a channel, or of a segment; asked where the kept figures name any."""
    words, shown = session.words, shown_figures(session.roadmap, session.flows)
    channels = shown.figures.channels if shown else []
    segments = [f"{head}={value}" for head, values in _segments(session) for value in values]
    if not channels and not segments:
        return "", ""
    targets = [target("filter", ALL, words("binding_list.all"))]
    targets += [target("filter", f"c{name}", name, words("binding_list.channel")) for name in channels]
    targets += [target("filter", f"s{name}", name, words("binding_list.segment")) for name in segments]
    index = SearchIndex(targets)
    chosen = await shell.show(PaletteScreen(index.search, words, words("binding_list.customers")))
    if chosen is None:
        return None
    kind, name = chosen.id[:1], chosen.id[1:]
    return {"c": (name, ""), "s": ("", name)}.get(kind if chosen.id != ALL else "", ("", ""))


def _segments(session: Session) -> list[tuple[str, list[str]]]:
    shown = shown_figures(session.roadmap, session.flows)
    return list(shown.figures.segments.items()) if shown else []


def _bind(session: Session, shell: Shell, kpi_id: str, source: Source) -> None:
    """Bind as one step, or say why it cannot be; an empty measure is none."""
    place = find(session.roadmap, kpi_id)
    if place is None or not isinstance(place.node, Kpi):
        report_outdated(session, shell)
        return
    plan = plan_edits(session)
    try:
        made = bind(plan, kpi_id, *source) if source.measure else unbind(plan, kpi_id)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning", timeout=15)
        return
    if not session.change_alone(made.edit):
        shell.notify(session.words("editing.unchanged"))
        return
    shell.refresh(TYPED)
    if source.measure:
        name = describe_measured(source.text, session.words)
        shell.notify(session.words("binding_list.bound", measure=name), timeout=10)
