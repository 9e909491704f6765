"""The tour of six steps, which the roadmap's screen follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


def tour(session: Session, shell: Shell) -> None:
    """Begin the tour, or leave it."""
    shell.run("screen.tour()")


def tour_next(session: Session, shell: Shell) -> None:
    """Go on to the next step of the tour."""
    shell.run("screen.tour_next()")
