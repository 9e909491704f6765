"""Importing into the roadmap that is open: a file is asked for, shown, and taken in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.imports.preview import PreviewContext
from lfroadmap.machine import new_id
from lfroadmap.ui.actions.apply import apply, report_outdated
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.usecases.import_file import FileImport, read_import

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def import_(session: Session, shell: Shell) -> None:
    """Ask for a file, show what it would change, and apply it if the person agrees."""
    viewer = PreviewContext(session.words, session.settings.thresholds, session.today(), new_id)

    def read(typed: str) -> FileImport:
        return read_import(str(file_to_read(path_of(typed))), viewer)

    agreed = await shell.show(
        ImportScreen(session.words, session.settings.keys, lambda: session.roadmap, read)
    )
    if agreed is None:
        return
    if agreed.before is not session.roadmap and not session.read_only:
        report_outdated(session, shell)  # it changed while the screen was on its way out
        return
    apply(session, shell, agreed.edit, session.words("import.done"))
