"""The preview of what changed in a template: it is taken into the roadmap, or not."""

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

MOST = 100
"""Rows of each part that are shown."""


class TemplatePreviewScreen(BaseModal[bool]):
    """Shows a report, and ends with True if its changes are to be made."""

    CSS_PATH = ["dialog.tcss", "template_preview.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, words: Words, report: Report, *, can_apply: bool) -> None:
        super().__init__()
        self.words, self.report, self.can_apply = words, report, can_apply

    def compose(self) -> ComposeResult:
        """Lay out the report over the answers."""
        words = self.words
        with DialogBox(self.report.title):
            yield ReportView(id="report")
            with Horizontal(classes="answers"):
                yield button(words("template_update.close"), "close", "Esc")
                if self.can_apply:
                    yield button(words("template_update.apply"), "apply")

    def on_mount(self) -> None:
        """Let Enter make the changes, or close where there are none."""
        self.query_one("#apply" if self.can_apply else "#close", Button).focus()

    def on_resize(self) -> None:
        """Print it in the new width."""
        self.call_after_refresh(self.start, "draw", self._draw)

    async def _draw(self) -> None:
        view, content = self.query_one(ReportView), self.report.content()
        view.show(await asyncio.to_thread(printed, content, self.words.direction, view.room, view.tones))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "apply")
