"""The value of a KPI out of a calculator: choosing a result, and taking it again after it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.report.figure_text import describe_figure, format_figure
from lfroadmap.roadmap.kpi_sources import kpi_figures
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.structure import name_of, place_here, plan_edits
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, Target, target
from lfroadmap.usecases.kpi_values import fits, take_again, take_figure

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.usecases.plan_edits import Made, PlanEdits


async def take_value(session: Session, shell: Shell) -> None:
    """List the results of all calculators, and take one as the value of the KPI at the focus."""
    kpi = await _kpi_here(session, shell)
    if kpi is None:
        return
    targets = tuple(_targets(session, plan_edits(session), kpi))
    if not targets:
        shell.notify(session.words("kpi.no_figures"), severity="warning")
        return
    prompt = session.words("kpi.choose_figure", name=name_of(session, kpi))
    chosen = await shell.show(PaletteScreen(SearchIndex(targets).search, session.words, prompt))
    if chosen is None:
        return
    now = next(
        (each for each in kpi_figures(session.roadmap, session.labels) if each.source == chosen.id), None
    )
    if now is None:
        report_outdated(session, shell)
        return
    _apply(session, shell, kpi.id, lambda plan, kpi: take_figure(plan, kpi, now))


async def take_value_again(session: Session, shell: Shell) -> None:
    """Take the result of now from where the value of the KPI at the focus was taken."""
    kpi = await _kpi_here(session, shell)
    if kpi is not None:
        _apply(session, shell, kpi.id, take_again)


async def _kpi_here(session: Session, shell: Shell) -> Kpi | None:
    place = await place_here(session, shell, Kpi)
    return place.node if place and isinstance(place.node, Kpi) else None


def _targets(session: Session, plan: PlanEdits, kpi: Kpi) -> Iterator[Target]:
    """The results with their values: first those that the KPI can take, in reading order."""
    words, labels = session.words, session.labels
    every = [(fits(plan, kpi, each), each) for each in kpi_figures(session.roadmap, labels)]
    for is_fit, each in sorted(every, key=lambda pair: not pair[0]):
        name = f"{describe_figure(each, labels, words)}: {format_figure(each, words)}"
        parts = [one_line(labels.of(node)) for node in (each.calculator, each.card)]
        if not is_fit:
            parts.append(words(f"kpi.figure_{'none' if each.figure.value is None else 'unfit'}"))
        yield target("figure", each.source, name, " · ".join(parts))


def _apply(session: Session, shell: Shell, kpi_id: str, make: Callable[[PlanEdits, Kpi], Made]) -> None:
    """Take a value as one step, or say why it cannot be taken."""
    place = find(session.roadmap, kpi_id)
    if place is None or not isinstance(place.node, Kpi):
        report_outdated(session, shell)
        return
    try:
        made = make(plan_edits(session), place.node)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning")
        return
    if session.change_alone(made.edit):
        shell.refresh(TYPED)
    else:
        shell.notify(session.words("editing.unchanged"))
