"""One of a few options, through which the arrows, Space and a click go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.widgets.row_drawing import Cell, onward, row
from lfroadmap.ui.widgets.tones import Toned


class OptionLine(Toned, can_focus=True):
    """A line that shows the chosen option, or what to do where none is."""

    DEFAULT_CSS = """
    OptionLine { height: 1; padding: 0 1; background: $lf-raised; }
    OptionLine:hover { background: $lf-cursor; color: $lf-on-cursor; }
    OptionLine:focus { background: $lf-cursor; color: $lf-on-cursor; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("left", "across(-1)", show=False),
    ]

    @property
    def options(self) -> Sequence[str]:
        """The ids of the options."""
        raise NotImplementedError

    @property
    def chosen(self) -> str:
        """The id of the chosen option; empty for none."""
        raise NotImplementedError

    def label(self, option: str) -> str:
        """The text of an option; of the empty one what is shown where none is chosen."""
        raise NotImplementedError

    def choose(self, option: str) -> None:
        """Take an option."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Draw the option that is chosen."""
        shown = self.label(self.chosen)
        marked = self.has_focus or self.mouse_hover
        dim = Style() if marked and self.tones.one_ink else self.tone("muted")
        style = Style() if self.chosen else dim + Style(italic=True)
        before, after = ("‹", "›") if screen_direction() == "ltr" else ("›", "‹")
        name = Cell(shown, max(min(cell_len(shown), self.size.width - 4), 1), style)
        cells = [Cell(before + " ", 2, dim), name, Cell(" " + after, 0, dim)]
        return row(cells, self.size.width, self.rich_style)

    def action_step(self, steps: int) -> None:
        """Choose the next option, or the one before."""
        options = list(self.options)
        if options:
            known = self.chosen in options
            at = options.index(self.chosen) + steps if known else (0 if steps > 0 else -1)
            self.choose(options[at % len(options)])

    def action_across(self, steps: int) -> None:
        """Choose the option to the right."""
        self.action_step(onward(steps))

    def on_click(self, event: events.Click) -> None:
        """Choose the next option."""
        self.action_step(1)


class Chooser(OptionLine):
    """An option of a dialog."""

    class Changed(Message):
        """Another option was chosen."""

    def __init__(self, options: Sequence[str], chosen: str, label: Callable[[str], str], id: str) -> None:
        super().__init__(id=id)
        self._options, self._chosen, self._label = options, chosen, label

    @property
    def options(self) -> Sequence[str]:
        """The ids of the options."""
        return self._options

    @property
    def chosen(self) -> str:
        """The id of the chosen option."""
        return self._chosen

    def label(self, option: str) -> str:
        """The text of an option."""
        return self._label(option)

    def choose(self, option: str) -> None:
        """Take an option."""
        self._chosen = option
        self.refresh()
        self.post_message(self.Changed())
