"""The editors of a card's fields: one kind of widget for each kind of field.

An editor reports each change by `Context.change` and is written to only when it is built, by undo, and
when another window changed its field while it had no focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.report.formatting import format_days
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.links import links_in
from lfroadmap.roadmap.model import Field
from lfroadmap.roadmap.progress import iso_day, number_in
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.chooser import OptionLine
from lfroadmap.ui.widgets.completion import complete_owner, completes
from lfroadmap.ui.widgets.examples import ShowsExample, example_of
from lfroadmap.ui.widgets.link_marks import underline
from lfroadmap.ui.widgets.removal import report_removed


class TextField(ShowsExample, BidiInput, can_focus=True, inherit_css=False):
    """A field of one line.

    It takes no rules from Textual's input: a form has many fields, and each rule is tried on each of them.
    """

    COMPONENT_CLASSES = BidiInput.COMPONENT_CLASSES
    DEFAULT_CSS = """
    TextField {
        width: 100%;
        height: 1;
        padding: 0 1;
        color: $foreground;
        background: $lf-raised;
        overflow: auto auto;
        scrollbar-size-horizontal: 0;
        pointer: text;
        & > .input--cursor {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & > .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
        & > .input--suggestion { color: $text-disabled; }
        & > .input--placeholder { color: $lf-muted; text-style: italic; }
        &:ansi {
            background: ansi_default;
            color: ansi_default;
            & > .input--cursor { background: ansi_white; color: ansi_black; }
            & > .input--placeholder, & > .input--suggestion { text-style: dim; color: ansi_default; }
        }
        &:hover, &:focus { background: $lf-cursor; color: $lf-on-cursor; }
    }
    """

    def __init__(self, field: Field, context: Context) -> None:
        self.field = field
        self.context = context
        self.field_direction = field.direction
        self._text = self._shown()
        self.example = example_of(field, context)
        super().__init__(self._text, placeholder=self.example, select_on_focus=False)
        self.cursor_blink = False

    def on_focus(self) -> None:
        """Offer the names that are used already, in the field of an owner."""
        if self.field.role == "owner":
            self.complete = completes(complete_owner, self.context.owners())

    def _shown(self) -> str:
        return one_line(self.field.value)

    def _fill(self) -> None:
        """Write the field's value into the input, without a report."""
        self._text = self._shown()
        self.value = self._text
        self.cursor_position = len(self._text)

    def validate(self, value: str) -> None:
        """Judge nothing: Textual would style the field again when it is left, as one that is valid."""

    def watch_value(self, value: str) -> None:
        """Report a change as soon as the field shows it."""
        if value != self._text:
            self._text = value
            self._answer(value)

    def _answer(self, value: str) -> None:
        self.field = replace(self.field, value=value)
        self.context.change(SetField(self.field.id, value))

    def show(self, field: Field, *, force: bool) -> None:
        """Take the field as it is now; while it has the focus only when forced."""
        if field.value != self.field.value and (force or not self.has_focus):
            self.field = field
            self._fill()

    def commit_pending(self) -> None:
        """Report the text that was typed and not reported yet."""
        self.watch_value(self.value)

    def on_blur(self) -> None:
        """End the burst of typing."""
        self.context.settle()

    def on_paste(self, event: events.Paste) -> None:
        """Insert all lines of a paste as one, without escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)

    def render_line(self, y: int) -> Strip:
        """Draw the line, its addresses underlined while it is not being written."""
        strip = super().render_line(y)
        if self.has_focus or ":" not in self.value:
            return strip
        return underline(strip, [link.address for link in links_in(self.value)])

    def on_click(self, event: events.Click) -> None:
        """Open a link with Ctrl."""
        if event.ctrl:
            self.call_later(self.run_action, "app.start('open_link')")

    @property
    def reason(self) -> str:
        """A text is always right."""
        return ""

    @property
    def remark(self) -> str:
        """Nothing to add to a text."""
        return ""


class NumberField(TextField):
    """A field that should hold a number; anything else stays as typed and is marked."""

    @property
    def reason(self) -> str:
        """Say that there is no number in it."""
        if not self.field.value.strip() or number_in(self.field.value) is not None:
            return ""
        return self.context.words("field.not_a_number")


class DateField(TextField):
    """A day, typed in any of the ways that `read_day` knows; an example has more room than a day."""

    DEFAULT_CSS = """
    DateField.-filled { width: 18; }
    """

    def __init__(self, field: Field, context: Context) -> None:
        super().__init__(field, context)
        self.set_class(bool(self._text), "-filled")

    def watch_value(self, value: str) -> None:
        """Report a change, and be as wide as a day once there is one."""
        self.set_class(bool(value), "-filled")
        super().watch_value(value)

    def _shown(self) -> str:
        day = iso_day(self.field.value)
        return self.context.words.day(day) if day else one_line(self.field.value)

    def settle_day(self) -> None:
        """Turn the text into a day where it names one."""
        self.watch_value(self.value)
        try:
            day = read_day(self.field.value, self.context.today())
        except NotADay:
            return
        if day.isoformat() != self.field.value:  # else a field that goes would write over what it became
            self._answer(day.isoformat())
        self._fill()

    def commit_pending(self) -> None:
        """Settle the day."""
        self.settle_day()

    def on_blur(self) -> None:
        """Settle the day when the field is left."""
        self.settle_day()
        self.context.settle()

    async def action_submit(self) -> None:
        """Settle the day at Enter too."""
        self.settle_day()

    @property
    def reason(self) -> str:
        """The reason why the text is no day; empty while it is being typed."""
        value = self.field.value.strip()
        if not value or iso_day(value) or self.has_focus:
            return ""
        try:
            read_day(value, self.context.today())
        except NotADay as error:
            return self.context.words(f"date.{error.reason}")
        return ""

    @property
    def remark(self) -> str:
        """Say how far the day is from today."""
        day = iso_day(self.field.value)
        if day is None:
            return ""
        return format_days((day - self.context.today()).days, self.context.words)


class ChoiceField(OptionLine):
    """One of a few options; arrows or Space go through them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete,backspace", "clear", show=False)]

    def __init__(self, field: Field, context: Context) -> None:
        super().__init__()
        self.field = field
        self.context = context

    @property
    def options(self) -> Sequence[str]:
        """The ids of the field's options."""
        return self.field.options

    @property
    def chosen(self) -> str:
        """The field's value."""
        return self.field.value

    def label(self, option: str) -> str:
        """The text of an option."""
        return (
            self.context.labels.option(self.field, option) if option else self.context.words("field.choose")
        )

    @property
    def to_copy(self) -> str:
        """The option that is chosen."""
        return self.label(self.field.value) if self.field.value else ""

    def action_clear(self) -> None:
        """Choose nothing."""
        if before := self.to_copy:
            self.choose("")
            report_removed(self, before, self.context.words)

    def choose(self, option: str) -> None:
        """Fill the field with an option."""
        self.field = replace(self.field, value=option)
        self.refresh()
        self.context.change(SetField(self.field.id, option))
        self.context.settle()

    def show(self, field: Field, *, force: bool) -> None:
        """Take the field as it is now."""
        self.field = field
        self.refresh()

    def commit_pending(self) -> None:
        """Nothing: each choice was reported at once."""

    @property
    def reason(self) -> str:
        """An option is always right."""
        return ""

    @property
    def remark(self) -> str:
        """Nothing to add to a choice."""
        return ""
