"""What the columns of a file stand for, and what else a person may decide before it is imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from lfroadmap.imports.layout import TABLES
from lfroadmap.roadmap.foreign_days import ORDERS, DateOrder
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_file import ImportChoices, TableFile
from lfroadmap.roadmap.table_rows import Column, Rows, TableName
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.words import Words, safe

ENCODINGS = ("", "utf-8", "utf-16", "cp1255", "cp1252")
_LAST = ("id", "stage", "card")
"""Roles that are offered behind the others: what they name must be there already."""
MOST = 40
"""Characters of a heading and of an example that are shown."""


@dataclass(slots=True)
class Draft:
    """The choices while they are being made."""

    table: TableName
    columns: tuple[Column, ...]
    roles: list[str]
    """The role of each column; empty where it is not read."""
    dates: DateOrder = ""
    encoding: str = ""
    create_cards: bool = False
    card: str = ""
    cards: tuple[str, ...] = ()
    """Titles of the cards that are there."""
    has_text: bool = False
    """True if the file is text, which has an encoding."""
    before: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.before = tuple(self.roles)

    def next_role(self, at: int) -> None:
        """Give a column the next role that no other column has; after the last one it is not read."""
        every = sorted(TABLES[self.table], key=lambda role: (role in _LAST, TABLES[self.table].index(role)))
        taken = {role for other, role in enumerate(self.roles) if other != at}
        free = ["", *(role for role in every if role not in taken)]
        self.roles[at] = free[(free.index(self.roles[at]) + 1) % len(free)]

    def choices(self, table: str) -> ImportChoices:
        """The choices, with a mapping only of what differs from what the file says."""
        heads = [column.head for column in self.columns]
        named = {
            role: head if heads.count(head) == 1 else f"#{at + 1}"
            for at, (role, head) in enumerate(zip(self.roles, heads, strict=True))
            if role
        }
        gone = dict.fromkeys((role for role in self.before if role and role not in named), "")
        mapping = tuple((named | gone).items()) if tuple(self.roles) != self.before else ()
        return ImportChoices(mapping, self.dates, self.encoding, self.card, self.create_cards, table)


def main_table(file: TableFile) -> Rows:
    """The table that the choices are about: the first of tasks, or else the first."""
    return next((table for table in file.tables if table.table == "tasks"), file.tables[0])


def card_titles(roadmap: Roadmap, words: Words) -> tuple[str, ...]:
    """The titles of all cards."""
    labels = Labels(roadmap.template, words.language)
    return tuple(labels.of(card) for stage in roadmap.stages for card in stage.cards)


def draft_of(
    file: TableFile | None, heads: tuple[str, ...], choices: ImportChoices, cards: tuple[str, ...]
) -> Draft:
    """The choices to begin with: those that were made, or that the file itself gives."""
    table = main_table(file) if file else None
    columns = table.columns if table else tuple(Column(head) for head in heads)
    return Draft(
        table.table if table else "tasks",
        columns,
        [column.role for column in columns],
        choices.dates,
        choices.encoding if choices.encoding in ENCODINGS else "",
        choices.create_cards,
        choices.card,
        cards,
        file is None or bool(file.encoding),
    )


class ImportChoicesScreen(BaseModal[ImportChoices | None]):
    """Ends with the choices, or with None where nothing is to be changed."""

    CSS_PATH = ["dialog.tcss", "importing.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("delete,backspace", "leave_out", show=False),
    ]

    def __init__(self, words: Words, draft: Draft, table: str) -> None:
        super().__init__()
        self.words = words
        self.draft = draft
        self.table = table
        """The table of an archive that the choices are about."""

    def compose(self) -> ComposeResult:
        """Lay out a line for each column and each decision, over the ways out."""
        words = self.words
        with DialogBox(words("import.choices")):
            yield Static(words("import.choices_hint"), id="note", markup=False)
            yield OptionList(*(Option(text, id=name) for name, text in self._lines()), id="choices")
            with Horizontal(classes="answers"):
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("import.use"), "use")

    def _lines(self) -> Iterator[tuple[str, Content]]:
        draft, words = self.draft, self.words
        for at, (column, role) in enumerate(zip(draft.columns, draft.roles, strict=True)):
            name = words(f"sheet.{role}") if role else words("import.not_read")
            example = words("import.example", text=one_line(column.sample)[:MOST]) if column.sample else ""
            line = words("import.column", head=one_line(column.head)[:MOST], role=name, example=example)
            yield f"column-{at}", Content(safe(line))
        dates = words(f"merge.dates_{draft.dates}") if draft.dates else words("import.as_found")
        yield "dates", Content(safe(words("import.line", name=words("merge.dates"), value=dates)))
        made = words("import.cards_made" if draft.create_cards else "import.cards_left")
        yield "create", Content(safe(words("import.line", name=words("merge.missing_cards"), value=made)))
        card = draft.card or words("import.card_new")
        yield "card", Content(safe(words("import.line", name=words("import.no_card"), value=card)))
        if draft.has_text:
            encoding = draft.encoding or words("import.as_found")
            yield (
                "encoding",
                Content(safe(words("import.line", name=words("import.encoding"), value=encoding))),
            )

    def on_mount(self) -> None:
        """Begin with the first column."""
        listed = self.query_one("#choices", OptionList)
        listed.highlighted = 0
        listed.focus()

    @on(OptionList.OptionSelected, "#choices")
    def _next(self, event: OptionList.OptionSelected) -> None:
        """Take the next value of a line, and show it."""
        draft, name = self.draft, event.option_id or ""
        if name.startswith("column-"):
            draft.next_role(int(name.removeprefix("column-")))
        elif name == "dates":
            orders: tuple[DateOrder, ...] = ("", *ORDERS)
            draft.dates = orders[(orders.index(draft.dates) + 1) % len(orders)]
        elif name == "create":
            draft.create_cards = not draft.create_cards
        elif name == "card":
            cards = ("", *draft.cards)
            draft.card = cards[(cards.index(draft.card) + 1) % len(cards)] if draft.card in cards else ""
        else:
            draft.encoding = ENCODINGS[(ENCODINGS.index(draft.encoding) + 1) % len(ENCODINGS)]
        self._redraw()

    def _redraw(self) -> None:
        for at, (_, text) in enumerate(self._lines()):
            self.query_one("#choices", OptionList).replace_option_prompt_at_index(at, text)

    def action_leave_out(self) -> None:
        """Read the column under the cursor as nothing."""
        at = self.query_one("#choices", OptionList).highlighted
        if at is not None and at < len(self.draft.roles):
            self.draft.roles[at] = ""
            self._redraw()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self.draft.choices(self.table) if event.button.id == "use" else None)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)
