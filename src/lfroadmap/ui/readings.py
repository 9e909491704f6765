"""Reading a session's file for the widgets: on a thread, and not before the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.roadmap.activity import Activity
    from lfroadmap.roadmap.kpi_sources import ValueSource
    from lfroadmap.roadmap.model import Kpi
    from lfroadmap.store.history.kpi_values import DatedValue
    from lfroadmap.ui.session import Session

NEWEST = 60
"""Changes that the dashboard shows at most."""
FLUSH = 1.0
"""Seconds for which reading the history waits until everything is saved."""


def kpi_values(session: Session) -> dict[str, tuple[DatedValue, ...]]:
    """The dated current values of each KPI; raises RoadmapError."""
    from lfroadmap.store.history.kpi_values import kpi_values as values  # noqa: PLC0415 - only for the KPIs' tab

    return values(session.store.path, session.roadmap)


def team_text(session: Session) -> str:
    """How it stands with the server, in a few words; empty for a roadmap that is not shared."""
    if session.team_status is None:
        return ""
    from lfroadmap.ui.team_words import header_text  # noqa: PLC0415 - most roadmaps are not shared

    return header_text(session.team_status, session.words)


def people_at(session: Session, node: str) -> str:
    """The colleagues at a card, or in a stage; empty where there are none."""
    if session.team_status is None:
        return ""
    from lfroadmap.ui.team_words import people_at as found  # noqa: PLC0415 - most roadmaps are not shared

    return found(session.team_status, session.roadmap, node, session.words)


def source_of(session: Session, kpi: Kpi) -> ValueSource | None:
    """Where the current value of a KPI comes from; None for a typed one."""
    if not kpi.readings:
        return None
    from lfroadmap.roadmap.kpi_sources import current_source  # noqa: PLC0415 - few KPIs have any

    return current_source(session.roadmap, kpi, session.labels)


def activity(session: Session) -> Activity:
    """The roadmap over time; raises RoadmapError."""
    from lfroadmap.store.history.activity import activity as read  # noqa: PLC0415 - behind the first picture

    session.store.flush(FLUSH)
    return read(session.store.path, session.roadmap)


def slipped(session: Session) -> dict[str, tuple[date, ...]]:
    """The days that cards and tasks were due on before; raises RoadmapError."""
    from lfroadmap.store.history.slipped_days import slipped_days  # noqa: PLC0415 - for the timeline only

    session.store.flush(FLUSH)
    return slipped_days(session.store.path, session.roadmap)


def lately(session: Session, stage: str = "") -> tuple[HistoryLine, ...]:
    """The newest changes, of a stage those in it, newest first; raises RoadmapError."""
    from lfroadmap.report.change_log import lines_of  # noqa: PLC0415 - behind the first picture
    from lfroadmap.report.history import ChangeFormatter  # noqa: PLC0415
    from lfroadmap.report.node_index import NodeIndex  # noqa: PLC0415
    from lfroadmap.roadmap.scope import WHOLE, Scope, within  # noqa: PLC0415
    from lfroadmap.store.history.queries import HistoryQuery, read  # noqa: PLC0415

    scope = Scope(frozenset((stage,))) if stage else WHOLE
    inside = within(session.roadmap, scope).stages if stage else ()
    homes = tuple(home for each in inside for home in (each.id, *(card.id for card in each.cards)))
    reader = session.store.author.actor
    formatter = ChangeFormatter(NodeIndex(session.roadmap), session.words, scope, reader)
    return tuple(lines_of(read(session.store.path, HistoryQuery(cards=homes), limit=NEWEST), formatter))


def author_of(session: Session, number: int) -> str:
    """Who made a change, and when where it came later; empty for no change; raises RoadmapError."""
    from lfroadmap.report.change_log import describe_author_and_time  # noqa: PLC0415 - for the past only
    from lfroadmap.store.history.queries import entries  # noqa: PLC0415

    entry = entries(session.store.path, (number,)).get(number)
    return describe_author_and_time(entry, session.store.author.actor, session.words) if entry else ""


def owners(session: Session) -> tuple[str, ...]:
    """The names of owners, the most frequent first."""
    from lfroadmap.roadmap.task_line import owners_of  # noqa: PLC0415 - not before somebody types a name

    return owners_of(session.roadmap)
