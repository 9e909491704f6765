"""Importing into the roadmap that is open: a file is asked for, shown, and taken in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.imports.preview import ImportPreview, ImportSource, PreviewContext, preview
from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.actions.apply import apply
from lfroadmap.ui.screens.importing import ImportScreen

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def import_(session: Session, shell: Shell) -> None:
    """Ask for a file, show what it would change, and take in what is agreed to."""
    reader = PreviewContext(session.words, session.settings.thresholds, session.today(), new_id)

    def taken(given: ImportSource, now: Roadmap) -> ImportPreview:
        return preview(given, now, reader)

    taking = await shell.show(ImportScreen(session.words, lambda: session.roadmap, taken))
    if taking is not None:
        apply(session, shell, taking.edit, session.words("import.done"))
