"""How the roadmap stands with its room, in the few words of the header and in those of a dialog."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lfroadmap.bidi.cutting import cut
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.team.status import TeamStatus
    from lfroadmap.words import Words

_APART = {
    "waiting": "waiting", "final": "final", "connecting": "connecting", "joining": "connecting",
}  # fmt: skip
"""Phases without an exchange -> their words."""
_MOST_NAMES = 3
"""People that the header names; of more it says how many."""
_LONGEST_NAME = 12
"""Columns of a name at a tab or a card."""


def header_text(status: TeamStatus | None, words: Words) -> str:
    """The state in a few words; empty for a roadmap that is not shared."""
    if status is None or status.phase == "off":
        return ""
    if key := _APART.get(status.phase):
        return words(f"team_here.{key}", time=time_of(status, words))
    if status.behind:
        return words.plural("team_here.behind", status.behind)
    names = names_of(status, words)
    if len(names) > _MOST_NAMES:
        return words.plural("team_here.with_many", len(names))
    return words("team_here.with", who=", ".join(names)) if names else words("team_here.in_step")


def names_of(status: TeamStatus, words: Words) -> list[str]:
    """The names of the others, each once."""
    names = [one_line(each.name) or words("team.nameless") for each in status.people]
    return list(dict.fromkeys(names))


def people_at(status: TeamStatus | None, roadmap: Roadmap, node: str, words: Words) -> str:
    """The colleagues at a card, or in a stage: the first one's name, and how many more there are."""
    if status is None or not status.people:
        return ""
    stage = next((stage for stage in roadmap.stages if stage.id == node), None)
    here = {node, *(card.id for card in stage.cards)} if stage else {node}
    there = status._replace(people=tuple(each for each in status.people if each.node in here))
    first, *others = names_of(there, words) or [""]
    return f"{cut(first, _LONGEST_NAME)} +{len(others)}" if others else cut(first, _LONGEST_NAME)


def time_of(status: TeamStatus, words: Words) -> str:
    """When the server was heard last: the time, and the day where that was another one."""
    if not status.last_contact:
        return words("team.never")
    at = datetime.fromtimestamp(status.last_contact / 1000)
    return f"{at:%H:%M}" if at.date() == datetime.now().date() else f"{words.day(at.date())} {at:%H:%M}"
