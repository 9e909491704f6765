"""A report over the screen, with a way to agree to what it shows where there is something to agree to."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from lfroadmap.report.nodes import Report
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import DialogBox, button
from lfroadmap.ui.widgets.report_view import ReportView, printed
from lfroadmap.words import Words


class ReportDialog(BaseModal[bool]):
    """Shows a report, and ends with True if a person agrees."""

    CSS_PATH = ["dialog.tcss", "report_dialog.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, words: Words, report: Report, agree: str = "") -> None:
        """`agree` is the text of the button that agrees; empty where there is nothing to agree to."""
        super().__init__()
        self.words, self.report, self.agree = words, report, agree

    def compose(self) -> ComposeResult:
        """Lay out the report over the answers."""
        with DialogBox(self.report.title):
            yield ReportView(id="report")
            with Horizontal(classes="answers"):
                yield button(self.words("dialog.cancel" if self.agree else "changes.close"), "close", "Esc")
                if self.agree:
                    yield button(self.agree, "agree", "Enter")

    def on_mount(self) -> None:
        """Let Enter agree, or close where there is nothing to agree to."""
        self.query_one("#agree" if self.agree else "#close", Button).focus()

    def on_resize(self) -> None:
        """Print it in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    async def _draw(self) -> None:
        view, content = self.query_one(ReportView), self.report.content()
        view.show(await asyncio.to_thread(printed, content, self.words.direction, view.room, view.tones))

    def action_scroll(self, lines: int) -> None:
        """Scroll the report while a button has the focus."""
        self.query_one(ReportView).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "agree")
