"""An area for text of many lines, as all screens have it."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.widgets.text_area import Document

from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.text import clean
from lfroadmap.ui.widgets.examples import ShowsExample


class PlainTextArea(ShowsExample, BidiTextArea, can_focus=True, inherit_css=False):
    """Grows to what it holds; takes no rules from Textual's text area: each rule is tried on each field."""

    COMPONENT_CLASSES = BidiTextArea.COMPONENT_CLASSES
    DEFAULT_CSS = """
    PlainTextArea {
        width: 1fr;
        height: auto;
        max-height: 16;
        padding: 0 1;
        color: $foreground;
        background: $lf-raised;
        pointer: text;
        overflow: auto auto;
        scrollbar-background: $scrollbar-background;
        scrollbar-background-hover: $scrollbar-background-hover;
        scrollbar-background-active: $scrollbar-background-active;
        scrollbar-color: $scrollbar;
        scrollbar-color-active: $scrollbar-active;
        scrollbar-color-hover: $scrollbar-hover;
        scrollbar-corner-color: $scrollbar-corner-color;
        scrollbar-size: 1 1;
        &:hover, &:focus { background: $lf-cursor; color: $lf-on-cursor; }
        & .text-area--cursor {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--selection {
            background: $input-selection-background;
            color: $input-selection-foreground;
        }
        & .text-area--placeholder { color: $foreground; text-style: dim italic; }
        &:focus .text-area--placeholder { color: $lf-on-cursor; }
        &:hover .text-area--placeholder { color: $lf-on-cursor; }
        &:light .text-area--cursor { color: $text 90%; background: $foreground 70%; }
        &:ansi .text-area--cursor { text-style: reverse; }
        &:ansi .text-area--selection { background: transparent; text-style: reverse; }
    }
    """

    def __init__(self, text: str, example: str) -> None:
        self.example = example
        super().__init__(text, placeholder=example, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False

    @property
    def to_copy(self) -> str:
        """The selected text, or else all of it."""
        return self.selected_text or self.text

    @property
    def pages(self) -> Document:
        """The document with its indexes, which every kind that a text area makes has."""
        return cast(Document, self.document)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted without its escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection, maintain_selection_offset=False)
