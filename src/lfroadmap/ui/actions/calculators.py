"""Adding a calculator to a card: its kind is chosen, its name typed, and its rows wait for numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorKind, Card
from lfroadmap.roadmap.structure import LAST, Add
from lfroadmap.ui.actions.structure import ask_name, name_of, place_here, restructure
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.usecases.new_calculator import new_calculator
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def add_calculator(session: Session, shell: Shell) -> None:
    """Add a calculator behind the one with the focus, or at the end of a card."""
    behind = place_of(session.roadmap, Calculator, shell.node_here)
    card = await place_here(session, shell, Card)
    if card is None:
        return
    kind = await _choose_kind(session, shell)
    if kind is None:
        return
    words = session.words
    about = words("structure.in_card", name=name_of(session, card.node))
    title = await ask_name(session, shell, "structure.add_calculator", words(f"calc.{kind}"), about)
    if title is not None:
        made = new_calculator(kind, title, words, new_id)
        edit = Add(made, card.node.id, behind.node.id if behind else LAST)
        await restructure(session, shell, edit, made.rows[0].id)


async def _choose_kind(session: Session, shell: Shell) -> CalculatorKind | None:
    words = session.words
    kinds = (
        target("calculator", kind, words(f"calc.{kind}"), words(f"structure.about_{kind}"))
        for kind in CALCULATOR_COLUMNS
    )
    chosen = await shell.show(PaletteScreen(SearchIndex(kinds).search, words, words("structure.choose_kind")))
    return cast("CalculatorKind", chosen.id) if chosen else None
