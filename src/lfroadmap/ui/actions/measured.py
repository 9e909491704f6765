"""Taking measured figures into the roadmap: what they change is shown first, then it is one step of undo."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.machine import now
from lfroadmap.store import measuring
from lfroadmap.store.history.kpi_values import last_typed
from lfroadmap.ui.actions.structure import plan_edits
from lfroadmap.ui.context import COMMANDED, FLOWS
from lfroadmap.ui.screens.report_dialog import ReportDialog
from lfroadmap.usecases.measure_into import KpiPreview, fill, keep, preview
from lfroadmap.usecases.measure_into_report import into_report
from lfroadmap.usecases.measure_setup import customers_text, remember_setup
from lfroadmap.usecases.plan_edits import PlanEdits

if TYPE_CHECKING:
    from lfroadmap.roadmap.flow_figures import FlowFigures
    from lfroadmap.roadmap.measured_values import Source
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.usecases.measure_run import Measured
    from lfroadmap.usecases.measure_setup import MeasureSetup

LOOKS = 0.1
"""Seconds between two looks at whether the person is on the tab again."""


async def take(session: Session, shell: Shell, measured: Measured, setup: MeasureSetup) -> None:
    """Show which KPIs change, again where others change them meanwhile, and make the change."""
    words, shown = session.words, None
    while True:
        roadmap = session.roadmap
        plan, previews = await asyncio.to_thread(_preview, session, measured)
        if not previews:
            break
        if previews != shown:
            await _on_tab(session, shell)
            report = into_report(plan, previews, session.name, measured.day)
            if not await shell.show(ReportDialog(words, report, words("flows_tab.take"))):
                return
            shown = previews
        if session.roadmap is roadmap:
            break
    if session.read_only:
        shell.refuse()
        return
    made = fill(plan, previews, measured.day)
    filled = len(made.nodes) if session.change_alone(made.edit) else 0
    if (kept := keep(plan_edits(session), measured.figures, measured.day)) is not None:
        session.change(kept.edit)
    shell.refresh(COMMANDED)
    await asyncio.to_thread(_remember, session, measured, setup)
    said = words.plural("flows_tab.filled", filled) if filled else words("flows_tab.kept")
    shell.notify(said, timeout=10)


def _preview(session: Session, measured: Measured) -> tuple[PlanEdits, tuple[KpiPreview, ...]]:
    """The KPIs that are bound, with what they would get; it reads the history."""

    def figures_of(source: Source) -> FlowFigures | None:
        pair = (source.channel, source.segment)
        return measured.by_pair.get(pair) if any(pair) else measured.figures

    plan = plan_edits(session)
    typed_on = partial(last_typed, session.store.path, plan.roadmap, session.today())
    plan = PlanEdits(plan.roadmap, plan.words, plan.source._replace(now=now(), typed_on=typed_on))
    return plan, preview(plan, figures_of, measured.day)


async def _on_tab(session: Session, shell: Shell) -> None:
    """Wait until the person is on the tab, with nothing open over it: a question must not take their keys."""
    if shell.focused_place != FLOWS:
        shell.notify(session.words("flows_tab.ready"), timeout=15)
    while shell.focused_place != FLOWS:
        await asyncio.sleep(LOOKS)


def _remember(session: Session, measured: Measured, setup: MeasureSetup) -> None:
    """Keep beside the document how it was measured, and the customers to look after."""
    remember_setup(session.store.path, setup)
    measuring.write_customers(session.store.path, customers_text(measured.customers))
