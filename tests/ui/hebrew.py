"""A roadmap with Hebrew text, and the cells of the screen on which the app draws it."""

from __future__ import annotations

from rich.cells import split_graphemes
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from sitting import GOALS, OWNER, SEGMENTS, Sitting, template

LONG = "להחזיר 20% מהלקוחות שעצרו ברבעון האחרון, ולחבר את ה-CRM (Salesforce) לאתר עד סוף דצמבר"
LINK = "strategy.touchpoints.map-link"
FILLED = {
    OWNER: 'דנה לוי, מנכ"לית',
    GOALS: f"{LONG}.\nשורה שנייה: +20% ב-A/B",
    SEGMENTS: "עסקים (SMB) עד ₪250, שָׁלוֹם",
    LINK: "https://miro.com/app/board",
    "strategy.touchpoints.exit-reasons": "price, מחיר 12.5",
}


def filled() -> Roadmap:
    """The template with the texts of FILLED."""
    roadmap = template()
    for field, text in FILLED.items():
        roadmap = SetField(field, text).on(roadmap)
    return roadmap


def strips(at: Sitting) -> list[Strip]:
    """The lines of the screen."""
    return [Strip(strip) for strip in at.app.screen._compositor.render_strips()]


def letters_in(at: Sitting, area: Region, y: int = 0) -> list[str]:
    """The letter in each cell of one line of a part of the screen."""
    text = strips(at)[area.y + y].crop(area.x, area.right).text
    return [text[start:end] for start, end, width in split_graphemes(text)[0] for _ in range(width)]


def text_in(at: Sitting, area: Region, y: int = 0) -> str:
    """The text on one line of a part of the screen."""
    return "".join(letters_in(at, area, y))


def cells(at: Sitting, widget: Widget, name: str) -> set[tuple[int, int]]:
    """The cells of the screen on which a component of a widget is drawn."""
    color = widget.get_component_rich_style(name).bgcolor
    found = set()
    for y, strip in enumerate(strips(at)):
        x = 0
        for segment in strip:
            columns, style = range(x, x := x + segment.cell_length), segment.style
            if style and style.bgcolor == color and color:
                found |= {(cell, y) for cell in columns if widget.region.contains(cell, y)}
    return found


async def focus(at: Sitting, field: str) -> BidiInput | BidiTextArea:
    """Focus the editor of a field."""
    editor = at.editor(field)
    assert isinstance(editor, BidiInput | BidiTextArea)
    at.app.main.set_focus(editor)
    await at.pause()
    return editor
