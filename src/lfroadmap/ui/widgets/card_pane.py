"""A card: its title and progress, its form, its checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from lfroadmap.report.formatting import (
    HEALTH_SIGNS,
    HEALTH_TONES,
    describe_card_health,
    format_health,
)
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import card_health
from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.progress import Tally, card_tally, role_value
from lfroadmap.text import one_line
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.context import Cause, Context
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.children import put_children
from lfroadmap.ui.widgets.hollow import Hollow, Piled
from lfroadmap.ui.widgets.panel import EDGE_MARGIN, Panel
from lfroadmap.ui.widgets.row_drawing import Cell, bar, cells_width
from lfroadmap.ui.widgets.structure_wanted import wanted_by
from lfroadmap.ui.widgets.tab_bar import HERE
from lfroadmap.ui.widgets.task_details import BETWEEN

if TYPE_CHECKING:
    from lfroadmap.roadmap.tree import Place
    from lfroadmap.ui.widgets.calculator_pane import CalculatorPane
    from lfroadmap.ui.widgets.calculator_table import CalculatorTable
    from lfroadmap.ui.widgets.card_notes import CardNotes

LONG_BAR = 34
"""Columns beside the title from which a bar is long."""


class CardPane(Panel, Vertical, Piled, Hollow):
    """One card on a stage's tab; its edges carry how much is done, how it goes, and who has it."""

    DEFAULT_CSS = """
    CardPane {
        height: auto;
        padding: 0 1;
        & > CardForm { margin: 0 0 1 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("form")

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.card = card
        self.context = context
        self.panel_title = context.labels.of(card)
        self.counted = card_tally(card)
        self.summary = card_health(card, context.today(), context.thresholds.risk_days)
        self.owner = _owner_of(card)
        """Who has it, as the lower edge says: a name that is being typed comes there when it is complete."""
        self.people = context.people_at(card.id)
        """The colleagues who are at it."""
        self.waiting = _waiting_of(self.context, card)
        """What it waits for, and the KPIs that it moves, each with its tone."""
        self.form = CardForm(card, context)
        self.checklist = Checklist(card, context)
        self.notes: CardNotes | None = _notes_of(card, context)
        """None until there is a note."""
        self.calculators: dict[str, CalculatorPane] = {}
        """Made behind the first picture of the stage."""

    def compose(self) -> ComposeResult:
        """Stack the form and the checklist."""
        yield self.form
        yield self.checklist
        if self.notes:
            yield self.notes

    def show(self, card: Card, counted: Tally, cause: Cause) -> None:
        """Show the card as it is now."""
        before, title = self._ends(), self.panel_title
        changed, self.card = card is not self.card, card
        self.panel_title, self.counted = self.context.labels.of(card), counted
        self.summary = self.context.health.card(card.id)
        if not cause.typed:
            self.owner = _owner_of(card)
        if title != self.panel_title:
            self.refresh_edge(upper=True)
        self._refresh_ends(before)
        self.waiting = _waiting_of(self.context, card)
        if changed:
            self.form.show(card, cause)
            self.checklist.show(card)
            self._show_notes(card)
            for each in card.calculators:
                if pane := self.calculators.get(each.id):
                    pane.show(each)

    @property
    def fits(self) -> bool:
        """True if there is an editor for every field of the card, and a pane for every calculator."""
        return self.form.fits and [each.id for each in self.card.calculators] == [*self.calculators]

    async def rebuild(self) -> None:
        """Make what is missing of the form and the calculators, and put all in its order."""
        if not self.form.fits:
            await self.form.rebuild()
        if self.card.calculators or self.calculators:
            await self._build_calculators()

    async def _build_calculators(self) -> None:
        from lfroadmap.ui.widgets.calculator_pane import CalculatorPane  # noqa: PLC0415 - few cards have one

        before = self.calculators
        self.calculators = {
            each.id: before.get(each.id) or CalculatorPane(each, self.context)
            for each in self.card.calculators
        }
        notes = (self.notes,) if self.notes else ()
        await put_children(self, (self.form, self.checklist, *self.calculators.values(), *notes))

    def calculator_of(self, place: Place) -> CalculatorTable | None:
        """The table of a calculator, or of its row; None for the place of anything else."""
        pane = self.calculators.get(place.node.id) or self.calculators.get(place.parent)
        return pane.table if pane else None

    def _show_notes(self, card: Card) -> None:
        if self.notes:
            self.notes.show(card)
        elif notes := _notes_of(card, self.context):
            self.notes = notes
            self.mount(notes)

    # the edges

    def _ends(self) -> tuple[list[Cell], list[Cell]]:
        return self.upper_end(), self.lower_end()

    def follow_waiting(self) -> None:
        """Show what the card and its tasks wait for as it stands now."""
        before, self.waiting = self._ends(), _waiting_of(self.context, self.card)
        self._refresh_ends(before)
        self.checklist.follow_waiting()

    def on_descendant_blur(self) -> None:
        """Name the owner that was typed."""
        before, self.owner = self._ends(), _owner_of(self.card)
        self._refresh_ends(before)

    def _refresh_ends(self, before: tuple[list[Cell], list[Cell]]) -> None:
        """Repaint the end of an edge where it is another than before."""
        for at, (old, new) in enumerate(zip(before, self._ends(), strict=True)):
            if old != new:
                columns = max(cells_width(old), cells_width(new)) + EDGE_MARGIN
                self.refresh_edge(upper=not at, columns=columns)

    def show_people(self) -> None:
        """Name the colleagues who are at it now."""
        before, self.people = self._ends(), self.context.people_at(self.card.id)
        self._refresh_ends(before)

    def upper(self, width: int) -> list[Cell]:
        """How much is done: `4/7 ━━━━╾─── 62%`."""
        late = self.summary.health == "late"
        tone = self.tone_of(self.counted.tone(self.context.thresholds, late=late))
        count, percent = f"{self.counted.done}/{self.counted.total}", f"{self.counted.percent}%"
        length = 10 if width >= LONG_BAR else 6
        return [
            Cell(count + " ", len(count) + 1, self.tone("muted")),
            *bar(self.counted.share, length, tone, self.tone("border")),
            Cell(percent, 5, self.tone("text", bold=True), "end"),
        ]

    def lower(self, width: int) -> list[Cell]:
        """How it goes, who has it, and which colleagues are at it: `▲ 9 days late · Michal  ● Dana`."""
        words, health = self.context.words, self.summary.health
        people = _people_cells(self.people, self.tone("accent", bold=True))
        width -= cells_width(people)
        forms = (describe_card_health(self.summary, words), format_health(health, words))
        shown = next((form for form in forms if cell_len(form) <= width), HEALTH_SIGNS[health])
        cells = [Cell(shown, cell_len(shown), self.tone(HEALTH_TONES[health]))]
        if self.owner and cell_len(shown + BETWEEN + self.owner) <= width:
            # the dot is not ordered with a name of the other direction: it would stand behind the name
            cells += [Cell(text, cell_len(text), self.tone("muted")) for text in (BETWEEN, self.owner)]
        for text, tone in self.waiting:
            if cells_width(cells) + cell_len(BETWEEN + text) <= width:
                cells += [
                    Cell(BETWEEN, cell_len(BETWEEN), self.tone("muted")),
                    Cell(text, cell_len(text), self.tone(tone)),
                ]
        return [*cells, *people]

    def on_click(self, event: events.Click) -> None:
        """Rename by a double click on the title, open the menu by the right button."""
        if event.widget is self and event.y == 0 and (wanted := wanted_by(event, "card", self.card.id)):
            self.post_message(wanted)

    def on_card_notes_opened(self) -> None:
        """Open all notes of the card."""
        self.screen.set_focus(self.checklist, scroll_visible=False)
        self.call_later(self.run_action, "app.start('card_notes')")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Leave a field or a table only where one has the focus."""
        focused = self.screen.focused
        is_table = any(focused is pane.table for pane in self.calculators.values())
        return action != "leave_field" or is_table or focused in self.form.children

    def action_leave_field(self) -> None:
        """Go from a field or a table to the tasks."""
        self.screen.set_focus(self.checklist)

    def follow_day(self) -> None:
        """Show the health and the days that are left on another day."""
        before, self.summary = self._ends(), self.context.health.card(self.card.id)
        self._refresh_ends(before)
        self.form.refresh()
        self.checklist.remeasure()
        self.checklist.place_editor()


def _people_cells(people: str, style: Style) -> list[Cell]:
    """The names of colleagues behind their sign, as two cells: these are not ordered with each other."""
    texts = (f"  {HERE} ", people) if people else ()
    return [Cell(text, cell_len(text), style) for text in texts]


def _notes_of(card: Card, context: Context) -> CardNotes | None:
    """What shows the notes of a card; None where there are none."""
    if not card.notes and not any(task.notes for task in card.tasks):
        return None
    from lfroadmap.ui.widgets.card_notes import CardNotes  # noqa: PLC0415 - few cards have notes

    return CardNotes(card, context)


def _owner_of(card: Card) -> str:
    return one_line(role_value(card, "owner")).strip()


def _waiting_of(context: Context, card: Card) -> tuple[tuple[str, ToneName], ...]:
    """How it stands with what a card waits for, and the KPIs that it moves, each with its tone."""
    relations = context.relations() if card.relations else None
    if relations is None:
        return ()
    state, moved = relations.state(card.id), relations.moves(card.id)
    kpis = context.words("relation.moves_what", name=moved) if moved else ""
    both: tuple[tuple[str, ToneName], ...] = (
        (str(state), state.tone) if state else ("", "muted"),
        (kpis, "muted"),
    )
    return tuple(each for each in both if each[0])
