"""Updates of the screen in a dialect, as whole lines, and the correction of mouse reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.color import TRANSPARENT
from textual.containers import Horizontal
from textual.events import MouseMove
from textual.widgets import Static

from lfroadmap.bidi.dialect import DIALECTS
from lfroadmap.bidi.terminals import DialectName
from lfroadmap.bidi.textual.hooks import install, uninstall
from lfroadmap.bidi.textual.terminal_io import DialectFilter, WholeLines, correct_mouse, encode_update

REWRITING: tuple[DialectName, ...] = ("lrm", "kitty", "word")


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    install()
    yield
    uninstall()


class Page(App[None]):
    """Two widgets side by side, and one that covers half a word of both."""

    CSS = """
    Screen { layers: under over; }
    Horizontal { height: 1; }
    #one, #two { width: 10; height: 1; }
    #over { layer: over; width: 4; height: 1; offset: 7 0; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("  שלום abc", id="one")
            yield Static("עולם 12", id="two")
        yield Static("[--]", id="over", markup=False)


def sent(lines: object) -> list[str]:
    assert isinstance(lines, WholeLines)
    return ["".join(segment.text for segment in strip) for _, strip in lines.lines]


def test_styles_stay_with_their_cells() -> None:
    red, blue = Style(color="red"), Style(color="blue")
    segments = [Segment("םו", red), Segment("לש", blue), Segment(" abc")]
    there = DialectFilter(DIALECTS["kitty"]).apply(segments, TRANSPARENT)
    assert there == [Segment("של", red), Segment("ום", blue), Segment(" abc")]
    latin = [Segment("abc", red), Segment("│ 12")]
    assert DialectFilter(DIALECTS["kitty"]).apply(latin, TRANSPARENT) is latin
    assert not DialectFilter(DIALECTS["explicit"]).enabled


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("lrm", "abc ם\u200eו\u200eל\u200e[--]2 ם\u200eל\u200eו\u200eע\u200e       "),
        ("kitty", "abc לום[--]2 עולם       "),
        ("word", "abc\u2800לום[--]2\u2800עולם\u2800      "),
    ],
)
async def test_a_line_is_encoded_with_the_widgets_that_cover_it(name: DialectName, line: str) -> None:
    app = Page()
    async with app.run_test(size=(24, 2)):
        assert seen(app) == "abc םול[--]2 םלוע       "
        update = app.screen._compositor.render_full_update()
        assert sent(encode_update(update, app.screen, DIALECTS[name]))[0] == line
        for other in ("plain", "explicit", "mlterm"):
            assert encode_update(update, app.screen, DIALECTS[other]) is update


@pytest.mark.parametrize("name", REWRITING)
async def test_a_change_sends_exactly_its_whole_line(name: DialectName) -> None:
    app = Page()
    async with app.run_test(size=(24, 2)):
        compositor = app.screen._compositor
        compositor.render_update()
        compositor.update_widgets({app.query_one("#two")})
        app.query_one("#two").refresh()
        compositor.update_widgets({app.query_one("#two")})
        update = compositor.render_update()
        assert isinstance(update, ChopsUpdate)
        whole = encode_update(update, app.screen, DIALECTS[name])
        full = encode_update(compositor.render_full_update(), app.screen, DIALECTS[name])
        assert sent(whole) == sent(full)[:1]
        assert isinstance(whole, WholeLines)
        assert [y for y, _ in whole.lines] == [0]
        assert whole.render_segments(app.console).startswith("\x1b[1;1H")


async def test_mouse_events_are_moved_to_the_visible_cell() -> None:
    app = Page()
    async with app.run_test(size=(24, 2)):
        update = app.screen._compositor.render_full_update()
        line = sent(encode_update(update, app.screen, DIALECTS["word"]))[0]
        moved = [pointed(app, "word", x) for x in range(24)]
        assert [seen(app)[x] for x in moved] == list(line.replace("\u2800", " "))
        assert moved != list(range(24))
        assert [pointed(app, "lrm", x) for x in range(24)] == list(range(24))


def pointed(app: Page, name: DialectName, x: int) -> int:
    event = MouseMove(None, x, 0, 0, 0, 0, False, False, False)
    correct_mouse(event, app.screen, DIALECTS[name])
    assert event.x == event.screen_x
    return event.x


def seen(app: Page) -> str:
    """The first line of the screen."""
    return "".join(segment.text for segment in app.screen._compositor.render_strips()[0])
