"""The person's own programs, which are given each change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lfroadmap.errors import RoadmapError
from lfroadmap.settings import config_folder
from lfroadmap.usecases.hooks import HookedRoadmap, HookRunner

if TYPE_CHECKING:
    from textual.app import App

    from lfroadmap.ui.session import Session


def start_hooks(app: App[Any], session: Session) -> None:
    """Give the changes to the hooks from now on."""
    roadmap = HookedRoadmap(session.store, session.name, session.words)
    session.hooks = HookRunner(config_folder(), roadmap, partial(_report, app, session))
    session.hooks.start()


def _report(app: App[Any], session: Session, error: RoadmapError) -> None:
    """Say what went wrong; called on the hooks' thread."""
    app.call_later(app.notify, session.words.error(error), severity="warning", timeout=20)
