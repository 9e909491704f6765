"""What is sent of an update: on any terminal it leads to the same screen as sending everything."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from examples import examples
from lfroadmap.bidi.textual.terminal_io import WholeLines
from lfroadmap.ui.terminal.sent_cells import SentCells, changed_runs

WIDTH, HEIGHT = 24, 3
TEXTS = ["a", "bc", " ", "   ", "│", "━╾", "日", "שלום", "日本", "x日", "…"]
STYLES = [
    Style(),
    Style(color="#6fc3ff", bgcolor="#0d1321"),
    Style(color="#ff8088", bgcolor="#0d1321", bold=True),
    Style(color="#ff8088", bgcolor="#25375c"),
    Style(bgcolor="#25375c", italic=True),
    Style(color="#e8edf7", bgcolor="#0d1321", reverse=True),
    Style(color="#e8edf7", bgcolor="#0d1321", underline=True),
    Style(color="#e8edf7", bgcolor="#0d1321", bold=True, italic=True),
    Style(color="#e8edf7", bgcolor="#0d1321", dim=True, bold=True),
    Style(bgcolor="#0d1321", overline=True, strike=True),
]
EMOJI = ["👩‍👩‍👧‍👦", "👍🏽", "❤️", "🇮🇱", "🧑🏿‍🚀", "1️⃣", "👍"]


def line(parts: list[tuple[str, Style]]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(WIDTH, Style())


lines = st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES)), max_size=9).map(line)
screens = st.lists(lines, min_size=HEIGHT, max_size=HEIGHT)


class Shown:
    """A terminal and what is sent to it."""

    def __init__(self, width: int = WIDTH) -> None:
        self.screen = pyte.Screen(width, HEIGHT)
        self.stream = pyte.Stream(self.screen)
        self.known = SentCells()

    def send(self, update: ChopsUpdate | LayoutUpdate | WholeLines) -> str:
        text = self.known.encode(update, ColorSystem.TRUECOLOR)
        self.stream.feed(text)
        return text

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """The cells as they are seen: of a blank only its ground and lines."""
        rows = (self.screen.buffer[y] for y in range(HEIGHT))
        return [[_seen(row[x]) for x in range(self.screen.columns)] for row in rows]


def _seen(char: pyte.screens.Char) -> tuple[object, ...]:
    plain = char.data == " " and not (char.reverse or char.underscore)
    return ("", char.bg) if plain or not char.data else tuple(char)


def whole(strips: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in strips], Region(0, 0, WIDTH, HEIGHT))


def parts(strips: list[Strip], cuts: list[int], spans: list[tuple[int, int, int]]) -> ChopsUpdate:
    """An update of some spans of lines that widgets cut."""
    ends = sorted({*cuts, WIDTH})
    starts = [0, *ends[:-1]]
    chops = [dict(zip(starts, strip.divide(ends), strict=True)) for strip in strips]
    return ChopsUpdate(chops, spans, [ends] * len(strips))


@examples(150)
@given(st.lists(screens, min_size=2, max_size=5), st.sampled_from([[], [8], [5, 12]]))
def test_the_screen_is_as_if_everything_had_been_sent(pictures: list[list[Strip]], cuts: list[int]) -> None:
    cuts = cuts if all(_can_be_cut(strip, cuts) for strips in pictures for strip in strips) else []
    shown = Shown()
    shown.send(whole(pictures[0]))
    for strips in pictures[1:]:
        shown.send(parts(strips, cuts, [(y, 0, WIDTH) for y in range(HEIGHT)]))
        fresh = Shown()
        fresh.send(whole(strips))
        assert shown.cells == fresh.cells
        assert shown.screen.display == fresh.screen.display


def _can_be_cut(strip: Strip, cuts: list[int]) -> bool:
    """True if no cut goes through a wide character."""
    return "".join(part.text for part in strip.divide([*cuts, WIDTH])) == strip.text


def test_of_a_line_only_what_differs_is_sent() -> None:
    dark = STYLES[1]
    shown = Shown()
    shown.send(whole([line([("the first word and more", dark)])] * HEIGHT))
    after = [line([("the fifth word and more", dark)])] * HEIGHT
    sent = shown.send(parts(after, [], [(1, 0, WIDTH)]))
    assert "\x1b[2;7H" in sent and "fth" in sent
    assert "the" not in sent and "word" not in sent
    assert shown.send(parts(after, [], [(1, 0, WIDTH)])) == ""


def test_of_a_style_only_what_changes_is_sent() -> None:
    shown = Shown()
    one, other = STYLES[1], Style(color="#7fdb98", bgcolor="#0d1321")
    sent = shown.send(whole([line([("a", one), ("b", other), ("  ", one), ("c", other)])] * HEIGHT))
    assert sent.count("48;2;13;19;33") == HEIGHT
    assert sent.count("\x1b[38;2;127;219;152m") == HEIGHT, "a blank has no ink to change to"


def test_nothing_is_taken_as_known_after_a_resize_or_another_program() -> None:
    shown, strips = Shown(), [line([("the same", STYLES[1])])] * HEIGHT
    shown.send(whole(strips))
    shown.known.forget()
    assert "the same" in shown.send(parts(strips, [], [(0, 0, WIDTH)]))
    assert shown.send(WholeLines([(0, strips[0])])).count("the same") == 1
    assert shown.send(WholeLines([(0, strips[0])])) == ""


def test_an_update_of_nothing_leaves_known_what_the_terminal_shows() -> None:
    shown, strips = Shown(), [line([("the same", STYLES[1])])] * HEIGHT
    shown.send(whole(strips))
    assert shown.known.changes(None) is None
    assert shown.send(parts(strips, [], [(y, 0, WIDTH) for y in range(HEIGHT)])) == ""


@pytest.mark.parametrize("emoji", EMOJI)
@pytest.mark.parametrize("way", ["whole", "in part"])
def test_the_cursor_is_placed_behind_an_emoji_however_wide_the_terminal_draws_it(
    emoji: str, way: str
) -> None:
    shown = Shown()
    strips = [line([(f"{emoji}end │", STYLES[1])])] * HEIGHT
    if way == "in part":
        shown.send(whole([line([("👍end │", STYLES[1])])] * HEIGHT))
        shown.send(parts(strips, [], [(0, 0, 2)]))
    else:
        shown.send(whole(strips))
    row = shown.screen.buffer[0]
    assert "".join(row[x].data for x in range(2, 7)) == "end │"
    assert [row[x].data for x in range(WIDTH)].count("│") == 1


def test_no_wide_character_is_divided() -> None:
    after = [(text, "") for text in ("a", "日", "", "b", "c")]
    before = [(text, "") for text in ("a", "x", "", "b", "c")]
    assert list(changed_runs(before, after)) == [(1, 3)]  # type: ignore[arg-type]
    assert list(changed_runs(after, after)) == []  # type: ignore[arg-type]
    assert list(changed_runs([None] * 5, after)) == [(0, 5)]  # type: ignore[arg-type]
