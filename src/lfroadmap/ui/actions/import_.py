"""Importing into the roadmap that is open: a file is asked for, shown, and taken in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.imports.preview import ImportPreview, PreviewContext
from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Calculator, Card
from lfroadmap.roadmap.table_file import ColumnMapping, ImportChoices
from lfroadmap.ui.actions.apply import apply, report_outdated
from lfroadmap.ui.actions.structure import name_of
from lfroadmap.ui.paths import file_to_read, path_of
from lfroadmap.ui.screens.import_target import ImportTarget
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.usecases.import_file import DealsFound, FileImport, read_deal_import, read_import
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def import_(session: Session, shell: Shell) -> None:
    """Ask for a file, show what it would change, and apply it if the person agrees; several one by one.

    At a pipeline calculator the file is a table of deals for it; in a card with one, deals are asked about.
    """
    viewer = PreviewContext(session.words, session.settings.thresholds, session.today(), new_id)

    target = _target(session, shell)

    def read(typed: str, choices: ImportChoices) -> FileImport:
        file = str(file_to_read(path_of(typed)))
        if target.calculator:
            return read_deal_import(file, viewer, None, (), target.calculator)
        if target.is_open and _has_deals(file, viewer, next(iter(target.calculators))):
            raise DealsFound
        return read_import(file, viewer, None, choices, session.library.notify)

    files, keys = [""], session.settings.keys
    while files:
        screen = ImportScreen(
            session.words,
            keys,
            lambda: session.roadmap,
            read,
            columns=_Columns(session),
            target=target,
            file=files.pop(0),
        )
        target.forget()
        agreed = await shell.show(screen)
        files = [*screen.more, *files]
        if agreed is not None:
            _take(session, shell, agreed)


def _target(session: Session, shell: Shell) -> ImportTarget:
    """The pipeline calculator at the focus, or those of the card that has it."""
    here = place_of(session.roadmap, Calculator, shell.node_here)
    if here and isinstance(here.node, Calculator) and here.node.kind == "pipeline":
        return ImportTarget({here.node.id: name_of(session, here.node)}, is_here=True)
    card = place_of(session.roadmap, Card, shell.node_here)
    of_card = card.node.calculators if card and isinstance(card.node, Card) else ()
    found = {each.id: name_of(session, each) for each in of_card if each.kind == "pipeline"}
    return ImportTarget(found, is_here=False)


def _has_deals(file: str, viewer: PreviewContext, calculator: str) -> bool:
    """True if a file is surely a table of deals."""
    try:
        read_deal_import(file, viewer, None, (), calculator)
    except RoadmapError:  # the import of tasks, which follows, says why a file cannot be read
        return False
    return True


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
