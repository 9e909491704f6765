"""The timeline as a Gantt chart in the language of Mermaid, which GitHub, GitLab and Notion draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lfroadmap.report.timeline import Timeline, TimelineMark
from lfroadmap.roadmap.health import Health
from lfroadmap.text import one_line

_STATES: Final[dict[Health, str]] = {"late": "crit, ", "at_risk": "active, ", "done": "done, "}
_SIGNS = re.compile(r"[:;#%`{}<>\\\"]+")
"""Signs that would end a name, or begin something else."""
_KEYWORDS = re.compile(
    r"^(?=(?:section|title|dateformat|axisformat|todaymarker|click|acctitle|accdescr)\b)", re.IGNORECASE
)


def gantt_chart(timeline: Timeline) -> str:
    """The chart as a block of code; a day without a known begin is a milestone."""
    return "\n".join(["```mermaid", *_lines(timeline), "```"])


def _lines(timeline: Timeline) -> Iterator[str]:
    yield from ("gantt", f"    title {_name(timeline.title)}", "    dateFormat YYYY-MM-DD")
    group = ""
    for lane in timeline.lanes:
        part = lane.group or lane.label
        if part != group:
            group = part
            yield f"    section {_name(group)}"
        yield from (f"    {_name(mark.label)} :{_span(mark)}" for mark in lane.marks)


def _span(mark: TimelineMark) -> str:
    state = _STATES.get(mark.health, "")
    if mark.start is None:
        return f"milestone, {state}{mark.day.isoformat()}, 0d"
    return f"{state}{mark.start.isoformat()}, {mark.day.isoformat()}"


def _name(text: str) -> str:
    plain = " ".join(_SIGNS.sub(" ", one_line(text)).split())
    return _KEYWORDS.sub("- ", plain) or "-"
