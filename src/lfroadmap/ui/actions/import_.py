"""Importing into the roadmap that is open: a file is asked for, shown, and taken in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.imports.preview import ImportPreview, PreviewContext
from lfroadmap.machine import new_id
from lfroadmap.roadmap.table_file import ColumnMapping, ImportChoices
from lfroadmap.ui.actions.apply import apply, report_outdated
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.usecases.import_file import FileImport, read_import

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def import_(session: Session, shell: Shell) -> None:
    """Ask for a file, show what it would change, and apply it if the person agrees; several one by one."""
    viewer = PreviewContext(session.words, session.settings.thresholds, session.today(), new_id)

    def read(typed: str, choices: ImportChoices) -> FileImport:
        file = str(file_to_read(path_of(typed)))
        return read_import(file, viewer, None, choices, session.library.notify)

    files, keys = [""], session.settings.keys
    while files:
        screen = ImportScreen(
            session.words, keys, lambda: session.roadmap, read, columns=_Columns(session), file=files.pop(0)
        )
        agreed = await shell.show(screen)
        files = [*screen.more, *files]
        if agreed is not None:
            _take(session, shell, agreed)


def _take(session: Session, shell: Shell, agreed: ImportPreview) -> None:
    if agreed.before is not session.roadmap and not session.read_only:
        report_outdated(session, shell)  # it changed while the screen was on its way out
        return
    apply(session, shell, agreed.edit, session.words("import.done"))


class _Columns:
    """The mappings that are remembered, one for each layout of tables."""

    def __init__(self, session: Session) -> None:
        self._library = session.library

    def known(self, layout: str) -> ColumnMapping:
        """The mapping that was chosen for tables of a layout."""
        return self._library.state.columns(layout)

    def remember(self, layout: str, mapping: ColumnMapping) -> None:
        """Note the mapping that is chosen for tables of a layout."""
        self._library.remember_columns(layout, mapping)
