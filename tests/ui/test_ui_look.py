"""The look: themes, tones at each depth of color, edges, the cursor's row, and plainer signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES

from lfroadmap.export.page_colors import page_colors, picture_colors
from lfroadmap.report.palette import Depth, contrast, palette
from lfroadmap.roadmap.progress import card_tally
from lfroadmap.ui.glyphs import TABLES, Glyphs, PlainerGlyphs
from lfroadmap.ui.themes import color_depth
from lfroadmap.ui.widgets.chrome import Header
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.overview import OverviewPane
from lfroadmap.ui.widgets.row_drawing import Cell, bar, changed_columns, cut_longest
from lfroadmap.words import LANGUAGES, Language
from samples import sample
from sitting import sitting

THEMES = ["deep", "paper", *BUILTIN_THEMES]


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "linux"}, "16"),
        ({"TERM": "xterm", "COLORTERM": "24bit", "NO_COLOR": "1"}, "gray"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "gray"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "gray16"),
    ],
)
def test_the_depth_of_color_is_read_from_the_environment(environ: dict[str, str], depth: Depth) -> None:
    assert color_depth(environ) == depth


@pytest.mark.proof
async def test_every_theme_has_every_tone(home: Path) -> None:
    async with sitting(home, roadmap=sample("en")) as at:
        assert at.app.theme == "deep"
        for theme in THEMES:
            at.app.theme = theme
            await at.pause()
            listed = at.one(Dashboard)
            for tone in palette("deep"):
                assert listed.tone(tone).color is not None, (theme, tone)
            assert "Strategy" in at.text


async def test_a_theme_of_textuals_gives_the_tones_its_own_colors(home: Path) -> None:
    async with sitting(home, roadmap=sample("en")) as at:
        at.app.theme = "nord"
        await at.pause()
        shown = at.one(Dashboard).tones.variables
        assert TextualColor.parse(shown["lf-ground"]) == TextualColor.parse(
            BUILTIN_THEMES["nord"].background or ""
        )
        assert shown["lf-late"] == shown["text-error"] != palette("deep")["late"]


@pytest.mark.parametrize("theme", ["deep", "paper"])
async def test_without_colors_what_is_late_is_bold_and_the_strongest(
    home: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'theme = "{theme}"\n')
    async with sitting(home, roadmap=sample("en")) as at:
        drawn = at.one(Header).render_lines(at.one(Header).size.region)[0]
        styles = {part.text.strip(): part.style for part in drawn if part.style}
        late = next(style for text, style in styles.items() if text.startswith("▲"))
        assert late.bold
        assert strength(late) >= max(map(strength, styles.values()))


def strength(style: Style) -> float:
    """The contrast of a style's ink with its ground; no colors are left in either."""
    assert style.color and style.bgcolor
    ink, ground = (color.get_truecolor() for color in (style.color, style.bgcolor))
    assert max(ink) - min(ink) <= 1 and max(ground) - min(ground) <= 1
    return contrast(ink.hex, ground.hex)


async def test_sixteen_colors_are_told_apart_and_signs_are_plain(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    async with sitting(home, roadmap=sample("en")) as at:
        tones = at.one(Dashboard).tones
        numbers = {sixteen(tones(name)) for name in ("late", "risk", "done", "accent", "text")}
        assert len(numbers) == 5
        assert sixteen(tones("border")) != sixteen(tones.ground("ground"), ground=True), (
            "a bar's rest is seen"
        )
        await at.press("alt+2")
        assert not set("╭╮╰╯━╾✓▌") & set(at.text)
        assert "┌─ Goals" in at.text and "√" in at.text


def sixteen(style: Style, *, ground: bool = False) -> int | None:
    """The number of the one of the sixteen colors that is sent."""
    from rich.color import ColorSystem

    color = style.bgcolor if ground else style.color
    assert isinstance(color, Color)
    return color.downgrade(ColorSystem.STANDARD).number


async def test_the_cursors_row_has_one_ink_where_colors_cannot_be_read_on_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    async with sitting(home, roadmap=sample("en")) as at:
        dashboard = at.one(Dashboard)
        line = dashboard.render_line(cursor_line(dashboard)).crop(2, 60)
        assert {part.style.color.name for part in line if part.style and part.style.color} == {"#000000"}
        assert not any(part.style.bold for part in line if part.style)


def cursor_line(dashboard: Dashboard) -> int:
    """The line of the dashboard that the cursor is on."""
    window = dashboard.window(dashboard.at)
    return dashboard.place_of(dashboard.at).y + 1 + window.line_of(window.cursor)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_cards_edges_say_how_far_it_is_how_it_goes_and_who_has_it(
    home: Path, language: Language
) -> None:
    async with sitting(home, roadmap=sample(language), language=language) as at:
        await at.press("alt+2")
        upper, lower = at.edges
        corners = (upper[0], upper[-1], lower[0], lower[-1])
        assert corners == ("╭", "╮", "╰", "╯")
        done, total = tally = card_tally(at.app.session.roadmap.stages[0].cards[0])
        assert f"{done}/{total}" in upper and f"{tally.percent}%" in upper and "▲" in lower
        first, last = (upper, lower) if language == "en" else (upper[::-1], lower[::-1])
        assert first.index("─") < first.index("/") < first.index("━")
        assert last.index("─") < last.index("▲") < last.index("·")
        at.app.set_focus(None)
        before = at.edges
        await at.press("tab")
        assert at.edges == before, "the words do not move with the focus"


async def test_the_row_under_the_mouse_is_lit(home: Path) -> None:
    async with sitting(home, roadmap=sample("en")) as at:
        await at.until(lambda: at.one(OverviewPane).source.lately is not None)
        listed = at.one(Dashboard)
        line = cursor_line(listed) + 1
        await at.pilot.hover(listed, offset=(8, line))
        raised = listed.tones.ground("raised").bgcolor
        assert {part.style.bgcolor for part in listed.render_line(line).crop(2, 60) if part.style} == {raised}
        await at.pilot.hover(Header)
        assert raised not in {part.style.bgcolor for part in listed.render_line(line) if part.style}


@pytest.mark.parametrize("glyphs", ["plain", "ascii"])
def test_plainer_signs_take_the_same_columns(glyphs: Glyphs) -> None:
    signs = "".join(map(chr, TABLES[glyphs]))
    strip = Strip([Segment(signs + " אבג abc", Style())])
    drawn = strip.apply_filter(PlainerGlyphs(glyphs), TextualColor(0, 0, 0))
    assert drawn.cell_length == strip.cell_length and drawn.text.endswith(" אבג abc")
    assert not set(signs) & set(drawn.text)
    assert glyphs == "plain" or drawn.text[: len(signs)].isascii()


@pytest.mark.parametrize(
    ("share", "width", "drawn"),
    [
        (0.0, 4, "────"),
        (0.001, 4, "━╾──"),
        (0.5, 4, "━━╾─"),
        (0.999, 4, "━━━╾"),
        (1.0, 4, "━━━━"),
        (0.5, 1, "╾"),
    ],
)
def test_a_bar_is_never_rounded_up_to_full(share: float, width: int, drawn: str) -> None:
    assert "".join(cell.text for cell in bar(share, width, Style(), Style())) == drawn


@pytest.mark.parametrize(
    ("texts", "width", "cut"),
    [
        (["abcdef", "xy"], 8, ["abcdef", "xy"]),
        (["abcdef", "xy"], 6, ["abc…", "xy"]),
        (["abcd", "efgh"], 6, ["ab…", "ef…"]),
        (["שלום רב", "ab"], 6, ["שלו…", "ab"]),
        (["👨‍👩‍👧 family", "ab"], 6, ["👨‍👩‍👧…", "ab"]),
    ],
)
def test_the_longest_names_are_cut_first(texts: list[str], width: int, cut: list[str]) -> None:
    assert cut_longest(texts, width) == cut


def test_a_line_is_drawn_again_only_where_it_changed() -> None:
    def cells(*texts: str) -> list[Cell]:
        return [Cell(text, len(text), Style()) for text in texts]

    assert changed_columns(cells("ab", "c"), cells("ab", "c"), 9) == (0, 0)
    assert changed_columns(cells("ab", "c", "d"), cells("ab", "x", "d"), 9) == (2, 1)
    assert changed_columns(cells("a", "bb", "c"), cells("a", "b", "x", "c"), 9) == (1, 2)
    assert changed_columns(cells("ab"), cells("abc"), 9) == (0, 9)


def test_the_page_and_the_picture_have_the_colors_of_both_themes() -> None:
    for css in (page_colors(), picture_colors()):
        day, night = css.split("prefers-color-scheme:dark")[:2]
        for tones, part in ((palette("paper"), day), (palette("deep"), night)):
            for tone in ("text", "muted", "accent", "late", "risk", "done", "low", "half", "high"):
                assert f"--{tone}:{tones[tone].lower()}" in part  # type: ignore[index]
