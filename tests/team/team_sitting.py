"""A person before the app whose roadmap is shared, and a colleague in the room."""

from __future__ import annotations

import asyncio

from lfroadmap.team.secrets import token_in
from lfroadmap.ui.session import Session
from lfroadmap.usecases.team import share
from sitting import Sitting
from team_of_people import Team
from team_person import Colleague


async def in_the_room(at: Sitting, team: Team) -> Colleague:
    """Share the open roadmap, and have אבי join it."""
    file = team.token_file("dana")
    await asyncio.to_thread(share, at.app.session.store.path, team.address, token_in(file))
    at.app.team_watch.look()
    await at.until(lambda: status_of(at.app.session) == "in_step")
    avi = team.person("אבי")
    await asyncio.to_thread(avi.join, team.address)
    avi.come()
    await asyncio.to_thread(avi.is_in_step)
    return avi


def status_of(session: Session) -> str:
    return session.team_status.phase if session.team_status else ""


def people(at: Sitting) -> tuple[object, ...]:
    status = at.app.session.team_status
    return status.people if status else ()
