"""The form of a card: the labels are drawn by the form, the values are editors of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import day_health
from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.schedule import starts_behind
from lfroadmap.ui.context import ELSEWHERE, Cause, Context
from lfroadmap.ui.widgets.children import put_children
from lfroadmap.ui.widgets.editor import Editor
from lfroadmap.ui.widgets.fields import ChoiceField, DateField, NumberField, TextField
from lfroadmap.ui.widgets.hollow import Piled
from lfroadmap.ui.widgets.long_field import LongField
from lfroadmap.ui.widgets.row_drawing import Cell, DrawnRow, row, wrap
from lfroadmap.ui.widgets.structure_wanted import wanted_by
from lfroadmap.ui.widgets.tones import Toned

EDITORS: dict[str, type[TextField] | type[LongField] | type[ChoiceField]] = {
    "text": TextField,
    "long": LongField,
    "date": DateField,
    "number": NumberField,
    "choice": ChoiceField,
}
LABEL_LIMIT = 22


class CardForm(Toned, Piled):
    """A row for each field; a reason why a value cannot be read stands under it."""

    DEFAULT_CSS = """
    CardForm { width: 1fr; height: auto; layout: vertical; overflow: hidden hidden; }
    """
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """Without a second layout and drawing: what is in it was just placed."""

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.card = card
        self.context = context
        self._built = card.fields
        """The fields that the editors were made for."""
        self._label_width = _label_width(card, context)

    def compose(self) -> ComposeResult:
        """Make an editor for each field."""
        for field in self.card.fields:
            yield self._make(field)

    def _make(self, field: Field) -> Widget:
        editor = EDITORS[field.kind](field, self.context)
        self._mark(editor)
        return editor

    @property
    def fits(self) -> bool:
        """True if there is an editor for every field of the card, in their order."""
        fields = self.card.fields
        if fields is not self._built and [*map(_shape, fields)] == [*map(_shape, self._built)]:
            self._built = fields
        return fields is self._built

    async def rebuild(self) -> None:
        """Make the editors that are missing or do not fit, and put all in their order; the others stay."""
        editors = {editor.field.id: editor for editor in self.editors}
        self._built, self._label_width = self.card.fields, _label_width(self.card, self.context)
        wanted = []
        for field in self.card.fields:
            editor = editors.get(field.id)
            if editor is None or _editing(editor.field) != _editing(field):
                wanted.append(self._make(field))
            else:
                typed = editor.field.value
                editor.field = field if field.value == typed else replace(field, value=typed)
                wanted.append(cast(Widget, editor))
        await put_children(self, wanted)
        self.check()

    @property
    def editors(self) -> Iterator[Editor]:
        """The editors, in the order of the form."""
        return (cast(Editor, child) for child in self.children)

    def show(self, card: Card, cause: Cause) -> None:
        """Show the card's fields as they are now, as far as the cause allows."""
        before, self.card = self.card, card
        if _is_done(card) != _is_done(before):
            self._repaint_remarks(before, all_dates=True)
        if card.fields is before.fields:
            return
        if cause.typed:
            self._repaint_remarks(before)
        else:
            self._refill(cause)
            self.check()

    def _refill(self, cause: Cause) -> None:
        known = {field.id: field for field in self.card.fields}
        for editor in self.editors:
            field = known.get(editor.field.id)
            if field and _editing(field) == _editing(editor.field):  # else another editor comes in its place
                editor.show(field, force=cause.overwrites(field.id))

    def _repaint_remarks(self, before: Card, *, all_dates: bool = False) -> None:
        """Repaint what stands beside dates, one of which was typed: a start may be behind the deadline."""
        pairs = zip(before.fields, self.card.fields, strict=False)
        all_dates = all_dates or any(old is not new and new.kind == "date" for old, new in pairs)
        for child, new in zip(self.children, self.card.fields, strict=False):
            if all_dates and new.kind == "date":
                self.refresh(Region(0, child.virtual_region.y, self.size.width, 1))

    def commit_pending(self) -> None:
        """Have every editor report what it has not reported yet."""
        for editor in self.editors:
            editor.commit_pending()

    def check(self) -> None:
        """Mark what cannot be read, and draw the labels again."""
        for child in self.children:
            self._mark(child)
        self.refresh()

    def _mark(self, editor: Widget) -> None:
        """Make room for the reason under a value that cannot be read."""
        editor.styles.margin = (0, 0, len(self._reason(cast(Editor, editor))), self._label_width)

    def _reason(self, editor: Editor) -> tuple[DrawnRow, ...]:
        """Why a value cannot be read, in lines; none when it can."""
        room = max(self.size.width - self._label_width, 20)
        return wrap(editor.reason, room) if editor.reason else ()

    def on_resize(self) -> None:
        """Wrap the reasons again."""
        if any(editor.reason for editor in self.editors):
            self.check()

    def on_descendant_blur(self) -> None:
        """Judge a value when its field was left, and show what came from elsewhere meanwhile."""
        self._refill(ELSEWHERE)
        self.call_after_refresh(self.check)

    def on_click(self, event: events.Click) -> None:
        """Change a field by a double click on its label, open the menu by the right button."""
        for child in self.children if event.widget is self else ():
            wanted = wanted_by(event, "field", cast(Editor, child).field.id)
            if wanted and child.virtual_region.y == event.y:
                self.post_message(wanted)

    def on_descendant_focus(self) -> None:
        """Judge no value while it is typed."""
        self.check()

    def render_line(self, y: int) -> Strip:
        """Draw the label, the remark, or the reason that belongs on this line."""
        width = self.size.width
        for child in self.children:
            area = child.virtual_region
            if area.y == y:
                return self._label(cast(Editor, child), area, width)
            if area.bottom <= y < area.bottom + child.styles.margin.bottom:
                reason = self._reason(cast(Editor, child))[y - area.bottom :]
                texts = [Cell(line.text, 0, self.tone("late"), line=line) for line in reason[:1]]
                return row([Cell("", self._label_width, Style()), *texts], width, self.rich_style)
        return Strip.blank(width, self.rich_style)

    def _label(self, editor: Editor, area: Region, width: int) -> Strip:
        focused = cast(Widget, editor).has_focus
        style = self.tone("accent", bold=True) if focused else self.tone("muted")
        cells = [Cell(self._name_of(editor.field), self._label_width - 1, style)]
        settled = editor.field.role == "deadline" and _is_done(self.card)  # then nobody counts the days
        if not settled and (remark := editor.remark):
            today = self.context.today()
            late = editor.field.role == "deadline" and day_health(editor.field.value, today) == "late"
            tone: ToneName = "late" if late else "muted"
            if editor.field.role == "start" and starts_behind(self.card):
                remark, tone = self.context.words("report.start_behind"), "risk"
            cells.append(Cell("", 1 + area.width + 2, Style()))
            cells.append(Cell(remark, 0, self.tone(tone)))
        return row(cells, width, self.rich_style)

    def _name_of(self, field: Field) -> str:
        return self.context.labels.of(field)


def _label_width(card: Card, context: Context) -> int:
    """Columns of the labels, with a blank behind them."""
    longest = max((cell_len(context.labels.of(field)) for field in card.fields), default=0)
    return min(longest, LABEL_LIMIT) + 1


def _shape(field: Field) -> Field:
    """A field without its value."""
    return replace(field, value="")


def _editing(field: Field) -> Field:
    """What the editor of a field depends on: neither the value, which it takes, nor the label beside it."""
    return replace(field, value="", label=None)


def _is_done(card: Card) -> bool:
    return bool(card.tasks) and all(task.done for task in card.tasks)
