"""The timeline alone, with each card and each task that has a day."""

from __future__ import annotations

from datetime import date

from lfroadmap.report.deadlines import timeline, undated
from lfroadmap.report.nodes import Facts, Node, Report, Value
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.schedule import Grouping
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def deadlines_report(
    roadmap: Roadmap,
    words: Words,
    today: date,
    risk_days: int,
    activity: Activity,
    *,
    by: Grouping = "stage",
) -> Report:
    """The report of the timeline, by stage or by owner; where nothing has a day, it says so."""
    line = timeline(roadmap, words, today, risk_days, activity, whole=True, by=by)
    body: list[Node] = [line or Value(words("timeline_tab.empty"), "muted")]
    if rest := undated(roadmap):
        body.append(Value(words.plural("report.undated", rest), "muted"))
    facts = Facts(((words("report.as_of"), Value(words.day(today))),))
    title = Labels(roadmap.template, words.language).of(roadmap)
    return Report(title, words.language, words.direction, facts, tuple(body))
