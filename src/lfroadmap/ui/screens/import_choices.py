"""The page on which a person says what the columns of a file stand for, and decides what else is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widgets import Button

from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.screens.import_draft import Draft
from lfroadmap.ui.widgets.chrome import Footer, KeyHint, OneLine
from lfroadmap.ui.widgets.entry_list import EntryList, EntryScroll
from lfroadmap.ui.widgets.row_drawing import Cell, onward, row
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

_SIGN, _WIDEST_ROLE = 3, 24
"""Columns before a heading, and columns of the use at most."""


class ChoiceLine(NamedTuple):
    """A line of the page: a column of the file, a decision, or the title above the decisions."""

    kind: Literal["column", "decision", "title"]
    name: str
    """The column's heading; the name of the decision."""
    value: str = ""
    example: str = ""
    key: str = ""
    """The decision."""
    at: int = -1
    """The number of the column in the draft."""
    is_read: bool = False


class ChoiceList(EntryList[ChoiceLine]):
    """The lines; the cursor passes over the title between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "screen.turn(1)", show=False),
        Binding("right", "screen.across(1)", show=False),
        Binding("left", "screen.across(-1)", show=False),
        Binding("delete,backspace", "screen.leave_out()", show=False),
    ]

    def row_height(self, index: int, width: int) -> int:
        """One line; two of the title, which stands under a blank one."""
        return 2 if self.entries and self.entries[index].kind == "title" else 1

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a line."""
        strips = super().draw_row(index, width, base)
        return [Strip.blank(width, base), *strips] if self.row_height(index, width) > 1 else strips

    def move_to(self, index: int) -> None:
        """Put the cursor on a line that can be changed, and bring it into view."""
        index = max(0, min(index, len(self.entries) - 1))
        if self.entries and self.entries[index].kind == "title":
            index += 1 if index > self.cursor else -1
        super().move_to(index)


class Heads(OneLine):
    """The headings above the columns of the page."""

    def __init__(self, draw: Callable[[int], list[Cell]]) -> None:
        super().__init__()
        self._draw = draw

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        return row(self._draw(self.size.width), self.size.width, self.rich_style)


class ChoicesBox(DialogBox):
    """The dialog; its upper edge says how many columns are read, or what is missing."""

    def __init__(self, words: Words, draft: Draft) -> None:
        super().__init__(words("import.choices"))
        self.words, self.draft = words, draft

    def upper(self, width: int) -> list[Cell]:
        """The number of columns that are read."""
        draft, words = self.draft, self.words
        if draft.missing:
            text, tone = words("import.role_missing", role=words(f"sheet.{draft.missing}")), "risk"
        else:
            counts = {"read": sum(map(bool, draft.roles)), "all": len(draft.roles)}
            text, tone = words("import.columns_read", **counts), "muted"
        return [Cell(text, cell_len(text), self.tones("risk" if tone == "risk" else "muted"))]


class ImportChoicesScreen(BaseModal[ImportChoices | None]):
    """Ends with the choices, or with None where nothing is to be changed."""

    CSS_PATH = ["dialog.tcss", "importing.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(self, words: Words, draft: Draft, table: str) -> None:
        super().__init__()
        self.words = words
        self.draft = draft
        self.table = table
        """The table of an archive that the choices are about."""
        self.listed = ChoiceList(self.draw, "")

    def compose(self) -> ComposeResult:
        """Lay out a line for each column and each decision, over the ways out and the keys."""
        words = self.words
        with ChoicesBox(words, self.draft):
            yield Heads(self._heads)
            yield EntryScroll(self.listed)
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("import.use"), "use")
            yield Footer()

    def on_mount(self) -> None:
        """Begin with the first column."""
        self.show_lines()
        self.listed.focus()
        hints = (
            ("Enter", "key_next", partial(self.action_turn, 1)),
            ("←" if onward(1) > 0 else "→", "key_before", partial(self.action_turn, -1)),
            ("Del", "key_leave_out", self.action_leave_out),
            ("Tab", "key_buttons", self.focus_next),
        )
        named = [KeyHint(key, self.words(f"import.{name}"), run) for key, name, run in hints]
        ends = [KeyHint("Esc", self.words("dialog.cancel"), self.action_give_up)]
        self.query_one(Footer).show(named, ends)

    # the lines

    def show_lines(self) -> None:
        """Show what is chosen by now."""
        self.listed.show(self._lines())
        box = self.query_one(ChoicesBox)
        box.refresh_edge(upper=True)
        self.query_one("#use", Button).disabled = bool(self.draft.missing)

    def _lines(self) -> Iterable[ChoiceLine]:
        draft, words = self.draft, self.words
        for at, (column, role) in enumerate(zip(draft.columns, draft.roles, strict=True)):
            use = words(f"sheet.{role}") if role else words("import.not_read")
            yield ChoiceLine("column", column.head, use, column.sample, at=at, is_read=bool(role))
        yield ChoiceLine("title", words("import.decisions"))
        as_found = words("import.as_found")
        dates = words(f"merge.dates_{draft.dates}") if draft.dates else as_found
        yield ChoiceLine("decision", words("merge.dates"), dates, key="dates")
        made = words("import.cards_made" if draft.create_cards else "import.cards_left")
        yield ChoiceLine("decision", words("merge.missing_cards"), made, key="create")
        card = draft.card or words("import.card_new")
        yield ChoiceLine("decision", words("import.no_card"), card, key="card")
        if draft.has_text:
            yield ChoiceLine("decision", words("import.encoding"), draft.encoding or as_found, key="encoding")

    def _widths(self, width: int) -> tuple[int, int]:
        """Columns of the first and the second part of a line."""
        entries = self.listed.entries
        name = max((cell_len(each.name) for each in entries if each.kind != "title"), default=0)
        use = max((cell_len(each.value) for each in entries if each.kind == "column"), default=0)
        most = max((width - _SIGN) * 2 // 5, 12)
        return min(max(name, cell_len(self.words("import.head_column"))) + 2, most), min(
            max(use, cell_len(self.words("import.head_role"))) + 2, _WIDEST_ROLE
        )

    def _heads(self, width: int) -> list[Cell]:
        name, use = self._widths(width)
        words, muted = self.words, self.listed.tone("muted")
        return [
            Cell("", _SIGN, muted),
            Cell(words("import.head_column"), name, muted),
            Cell(words("import.head_role"), use, muted),
            Cell(words("import.head_example"), 0, muted),
        ]

    def draw(self, line: ChoiceLine, width: int, tone: Tones) -> list[Cell]:
        """Draw the heading, its use and an example; or a decision and its value."""
        name, use = self._widths(width)
        if line.kind == "title":
            rest = max(width - cell_len(line.name) - _SIGN - 1, 0)
            rule = Cell(" " + "─" * rest, rest + 1, tone("border"), drawn=True)
            return [Cell("", _SIGN, tone("muted")), Cell(line.name, cell_len(line.name), tone("muted")), rule]
        if line.kind == "decision":
            sign = Cell("", _SIGN, tone("muted"))
            return [sign, Cell(line.name, name, tone("muted")), Cell(line.value, 0, tone("text"))]
        ink = tone("text") if line.is_read else tone("muted")
        return [
            Cell(" ✓ " if line.is_read else "   ", _SIGN, tone("done")),
            Cell(line.name, name - 1, ink),
            Cell("", 1, ink),
            Cell(line.value, use - 1, tone("text", bold=True) if line.is_read else ink),
            Cell("", 1, ink),
            Cell(line.example, 0, tone("muted")),
        ]

    # choosing

    def action_turn(self, step: int) -> None:
        """Take the next value of the line under the cursor, or the one before."""
        line = self.listed.selected
        if line is None or line.kind == "title":
            return
        if line.kind == "column":
            self.draft.turn_role(line.at, step)
        else:
            self.draft.turn(line.key, step)
        self.show_lines()

    def action_across(self, columns: int) -> None:
        """Take the next value with the key that points onward in reading, the one before with the other."""
        self.action_turn(1 if onward(columns) > 0 else -1)

    @on(EntryList.Entered)
    def _entered(self) -> None:
        self.action_turn(1)

    def action_leave_out(self) -> None:
        """Read the column under the cursor as nothing."""
        line = self.listed.selected
        if line is not None and line.kind == "column":
            self.draft.roles[line.at] = ""
            self.show_lines()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self.draft.choices(self.table) if event.button.id == "use" else None)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
