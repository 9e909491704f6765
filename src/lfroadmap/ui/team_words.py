"""How the roadmap stands with its room, in the few words of the header and in those of a dialog."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.tree import find
from lfroadmap.text import dotted, one_line
from lfroadmap.ui.context import NO_STAGES

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.team.room_address import RoomAddress
    from lfroadmap.team.status import Colleague, TeamStatus
    from lfroadmap.ui.session import Session
    from lfroadmap.words import Words

_APART = {
    "waiting": "waiting", "final": "final", "connecting": "connecting", "joining": "connecting",
}  # fmt: skip
"""Phases without an exchange -> their words."""
_MOST_NAMES = 3
"""People that the header names; of more it says how many."""
_LONGEST_NAME = 12
"""Columns of a name at a tab or a card."""


class Fact(NamedTuple):
    """A line about the room."""

    name: str
    text: str
    tone: ToneName = "text"


class PersonHere(NamedTuple):
    """A colleague, and the stage, card or tab where they are."""

    client: int
    name: str
    node: str
    """Id of that; empty where it is unknown."""
    where: str


class TeamView(NamedTuple):
    """What the screen of the team shows."""

    note: str
    facts: tuple[Fact, ...]
    why: str
    """What is wrong, and what can be done; empty where nothing is."""
    people: tuple[PersonHere, ...]
    hint: str
    """What stands in the place of the people where there are none."""


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


def team_view(session: Session, address: RoomAddress | None) -> TeamView:
    """How the roadmap stands with its room; `address` is the room in its file."""
    words, status = session.words, session.team_status
    if address is None:
        state = (Fact(words("team_here.fact_state"), words("team_here.state_off"), "muted"),)
        return TeamView("", state, words("team_here.alone"), (), words("team_here.hint_alone"))
    phase = status.phase if status else "off"
    is_here = phase in ("in_step", "behind")
    facts = (
        Fact(words("team_here.fact_state"), words(f"team_here.state_{_STATES[phase]}"), _TONES[phase]),
        Fact(words("team_here.fact_unsent"), *_unsent(status, words)),
        Fact(words("team_here.fact_contact"), _contact(session, words)),
        Fact(words("team_here.fact_rights"), *_rights(session, words)),
        Fact(words("team_here.fact_room"), words("team_here.room", address=address.shown)),
    )
    why = words.error(status.error) if status and status.error else ""
    people = tuple(_person(each, session) for each in status.people) if status and is_here else ()
    note = words.plural("team_here.with_many", len(people)) if people else ""
    hint = words("team.nobody") if is_here else words("team_here.hint_apart")
    return TeamView(note, facts, why, people, hint)


_STATES = {
    "off": "apart", "connecting": "connecting", "joining": "joining", "in_step": "in_step",
    "behind": "behind", "waiting": "waiting", "final": "final",
}  # fmt: skip
"""Phases -> their words on the screen."""
_TONES: dict[str, ToneName] = {
    "off": "muted", "connecting": "muted", "joining": "muted", "in_step": "done",
    "behind": "risk", "waiting": "risk", "final": "late",
}  # fmt: skip


def _unsent(status: TeamStatus | None, words: Words) -> tuple[str, ToneName]:
    if status is not None and status.behind:
        return words.plural("team_here.behind", status.behind), "risk"
    is_known = status is not None and status.phase in ("in_step", "waiting")
    return words("team_here.unsent_none" if is_known else "team_here.unsent_unknown"), "text"


def _contact(session: Session, words: Words) -> str:
    """When the server was heard last; the client knows it better than the last state that it reported."""
    status = session.team.status if session.team is not None else session.team_status
    return time_of(status, words) if status is not None else words("team_here.unsent_unknown")


def _rights(session: Session, words: Words) -> tuple[str, ToneName]:
    reads = session.team_status.is_read_only if session.team_status else session.only_reads
    return (words("team_here.rights_read"), "risk") if reads else (words("team_here.rights_write"), "text")


def _person(each: Colleague, session: Session) -> PersonHere:
    words = session.words
    name = one_line(each.name) or words("team.nameless")
    if each.node in NO_STAGES:
        return PersonHere(each.client, name, each.node, words(f"tab.{each.node}"))
    place = find(session.roadmap, each.node)
    if place is None:
        return PersonHere(each.client, name, "", "")
    where = one_line(session.labels.of(place.node))
    if place.card >= 0:
        stage = session.roadmap.stages[place.stage]
        where = dotted(one_line(session.labels.of(stage)), where, words.direction)
    return PersonHere(each.client, name, each.node, where)
