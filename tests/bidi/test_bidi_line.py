"""Indexes and cells of a line: each leads to the other, and nothing is lost between them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.line import BidiLine, Paragraph, line_of
from lfroadmap.bidi.tables import MIRRORED_ON_SCREEN, without_marks

PIECES = (
    *("שלום", "עולם", "א", "לְהַתְחִיל", "שָׁ", "API", "a", "beta", "2.0", "1,234.5", "7", "%", "₪", "-", "/"),
    *(
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        '"',
        "'",
        'צה"ל',
        "ג'ירפה",
        " ",
        "  ",
        ".",
        ":",
        "👍",
        "👩\u200d👩\u200d👧",
    ),
    *("漢字", "é", "e\u0301", "\u200e", "\u200f", "\u2066", "\u2067", "\u2068", "\u2069", "\u202b", "\u202c"),
    *("مرحبا", "٣", "▐", "▌"),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs", "Cc"])), max_size=16
)
LINES = st.builds(line_of, TEXTS.map("".join), st.sampled_from([0, 1]))
unhurried = settings(deadline=None)


def positions(line: BidiLine) -> list[int]:
    """Where the cursor can stand: each cluster, and the end."""
    return [*(cluster.start for cluster in line.clusters), len(line.text)]


@given(LINES)
@unhurried
def test_the_cell_of_an_index_leads_back_to_it(line: BidiLine) -> None:
    if line.width:
        for cluster in line.clusters:
            for index in range(cluster.start, cluster.end):
                assert line.index_at(line.cell_of(index)) == cluster.start
        assert line.index_at(line.cell_of(len(line.text))) == len(line.text)


@given(LINES)
@unhurried
def test_every_cell_shows_one_cluster(line: BidiLine) -> None:
    assert line.width == cell_len(line.text)
    starts = [line.index_at(cell) for cell in range(line.width)]
    for cluster in line.clusters:
        assert starts.count(cluster.start) == cluster.width
    covered = [cell for shown in line.visual for cell in range(shown.cell, shown.cell + shown.width)]
    assert covered == list(range(line.width))


@given(LINES)
@unhurried
def test_no_glyph_is_lost_or_doubled(line: BidiLine) -> None:
    drawn = {shown.start: shown.glyph for shown in line.visual}
    assert sorted(drawn) == [cluster.start for cluster in line.clusters]
    in_order = "".join(drawn[start] for start in sorted(drawn))
    typed = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", without_marks(line.text))
    assert len(in_order) == len(typed)
    for shown, letter in zip(in_order, typed, strict=True):
        assert letter in (shown, MIRRORED_ON_SCREEN.get(shown))
    assert line.glyphs == "".join(shown.glyph for shown in line.visual)


@given(LINES)
@unhurried
def test_steps_visit_every_position_once_from_edge_to_edge(line: BidiLine) -> None:
    leftmost = line.visual[0].start if line.visual else 0
    first = len(line.text) if line.rtl else leftmost
    walked, index = [first], first
    while (there := line.step(index, 1)) is not None:
        walked.append(index := there)
    assert sorted(walked) == sorted(set(positions(line)))
    assert [line.cell_of(index) for index in walked] == sorted(line.cell_of(index) for index in walked)
    back = [index]
    while (there := line.step(index, -1)) is not None:
        back.append(index := there)
    assert back == walked[::-1]


@given(LINES)
@unhurried
def test_word_steps_lead_from_the_start_to_the_end_and_back(line: BidiLine) -> None:
    onward = -1 if line.rtl else 1
    walked = [0]
    while (there := line.word_step(walked[-1], onward)) is not None:
        walked.append(there)
    assert walked == sorted(set(walked))
    assert walked[-1] == len(line.text)
    assert set(walked) <= set(positions(line))
    back = [walked[-1]]
    while (there := line.word_step(back[-1], -onward)) is not None:
        back.append(there)
    assert back == walked[::-1]


@given(LINES, st.data())
@unhurried
def test_selected_cells_are_those_of_the_selected_clusters(line: BidiLine, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.sampled_from(positions(line))] * 2)))
    ranges = line.selection_cells(start, end)
    assert ranges == line.selection_cells(end, start)
    cells = [cell for first, last in ranges for cell in range(first, last)]
    assert cells == sorted(set(cells))
    assert set(cells) == {cell for cell in range(line.width) if start <= line.index_at(cell) < end}
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


@given(TEXTS.map("".join), st.sampled_from([0, 1]), st.data())
@unhurried
def test_a_style_stays_with_its_letter(text: str, level: int, data: st.DataObject) -> None:
    line = line_of(text, level)
    cuts = sorted(data.draw(st.lists(st.sampled_from(positions(line)), max_size=3)))
    spans = [
        (text[a:b], number) for number, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(text)], strict=True))
    ]
    owner = [number for part, number in spans for _ in part]
    for apart in (False, True):
        segments = line.visual_segments(spans, apart=apart)
        assert "".join(glyphs for glyphs, _, _ in segments) == line.glyphs
        assert all(owner[start] == style for _, style, start in segments)


@given(TEXTS.map("".join), st.sampled_from([0, 1]), st.data())
@unhurried
def test_lines_of_a_paragraph_hold_what_it_holds(text: str, level: int, data: st.DataObject) -> None:
    cut = data.draw(st.sampled_from([cluster.start for cluster in clusters(text)] or [0]))
    whole = Paragraph(text, level)
    first, second = whole.line(0, cut), whole.line(cut)
    assert first.text + second.text == text
    assert len(first.glyphs + second.glyphs) == len(line_of(text, level).glyphs)


def test_spans_must_cover_the_line() -> None:
    with pytest.raises(ValueError, match="styles for 2 of 4"):
        line_of("שלום", 1).visual_segments([("של", "bold")])


# The right column is written as the screen shows it, from left to right.
@pytest.mark.parametrize(
    ("typed", "level", "seen"),
    [
        ("abc", 0, "abc"),
        ("שלום", 1, "םולש"),
        ("שלום abc 123 עולם", 1, "םלוע abc 123 םולש"),
        ("abc שלום 123", 0, "abc 123 םולש"),
        ("גרסה 2.0 (beta) סוף", 1, "ףוס (beta) 2.0 הסרג"),
        ("API גרסה 2", 1, "2 הסרג API"),
        ("מחיר: 1,234.5 ₪", 1, "₪ 1,234.5 :ריחמ"),
        ("צמיחה של 12%", 1, "12% לש החימצ"),
        ("(א)", 1, "(א)"),
        ("א < ב", 1, "ב > א"),
        ("הקש \u2066^S\u2069 לשמירה", 1, "הרימשל ^S שקה"),
        ("הקש ^S לשמירה", 1, "הרימשל S^ שקה"),
        ("לך אל \u2066/tmp/a.txt\u2069.", 1, "./tmp/a.txt לא ךל"),
        ("▐X▌ כן", 1, "ןכ ▐X▌"),
        ("אבג 👍 דהו", 1, "והד 👍 גבא"),
        ("א ← ב", 1, "ב ← א"),
        ("a\x1bא\tb", 0, "aאb"),
        ("א\u200eב", 0, "אב"),
        ("א\u200fב", 0, "בא"),
    ],
)
def test_what_is_seen(typed: str, level: int, seen: str) -> None:
    assert line_of(typed, level).glyphs == seen


def test_a_line_of_a_wrapped_paragraph_has_the_levels_of_the_whole() -> None:
    text = "גרסה (beta) ו-(rc)"
    start = text.index("(rc")
    assert Paragraph(text, 1).line(start).glyphs == "(rc)"
    assert Paragraph("אבג abc def", 1).line(0, 8).glyphs == " abc גבא"
    assert Paragraph("אבג abc def", 1).line(8).glyphs == "def"
    quoted = "he said \u2067שלום 12 abc\u2069 twice"
    assert Paragraph(quoted, 0).line(quoted.index("12")).glyphs == "abc 12 twice"


def test_beside_the_line_is_its_start_or_its_end() -> None:
    left, right = line_of("abc", 0), line_of("אבג", 1)
    assert (left.index_at(-1), left.index_at(3), left.index_at(99)) == (0, 3, 3)
    assert (right.index_at(-1), right.index_at(3), right.index_at(99)) == (3, 0, 0)
    assert (left.cell_of(3), right.cell_of(3), left.cell_of(99), right.cell_of(-5)) == (3, -1, 3, 2)
    assert (line_of("", 0).cell_of(0), line_of("", 1).cell_of(0)) == (0, -1)
    assert (line_of("", 0).step(0, 1), line_of("", 1).step(0, -1)) == (None, None)


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("שלום עולם", [0, 5, 9]),
        ("שָׁלוֹם עוֹלָם", [0, 8, 14]),
        ('דו"ח של צה"ל', [0, 5, 8, 12]),
        ("ג'ירפה don't stop", [0, 7, 13, 17]),
        ("a-b, (c)", [0, 2, 6, 8]),
        (' "א"', [0, 2, 4]),
    ],
)
def test_words_begin_where_a_reader_sees_them(typed: str, starts: list[int]) -> None:
    line = line_of(typed, 1)
    walked = [0]
    while (there := line.word_step(walked[-1], -1)) is not None:
        walked.append(there)
    assert walked == starts


def test_selection_across_directions_is_in_pieces() -> None:
    line = line_of("שלום abc", 1)
    assert line.selection_cells(2, 6) == [(0, 1), (3, 6)]
    assert line.selection_cells(0, 8) == [(0, 8)]
    assert line.selection_cells(3, 3) == []


def test_segments_apart_count_their_indexes_upwards() -> None:
    line = line_of("אב cd", 1)
    assert line.visual_segments([("אב cd", 0)]) == [("cd בא", 0, 3)]
    assert line.visual_segments([("אב cd", 0)], apart=True) == [
        ("cd", 0, 3),
        (" ", 0, 2),
        ("ב", 0, 1),
        ("א", 0, 0),
    ]


@pytest.mark.proof
def test_a_megabyte_takes_time_that_grows_with_it() -> None:
    from time import perf_counter

    def took(piece: str, count: int) -> float:
        text = piece * count
        began = perf_counter()
        Paragraph(text, 1).line()
        return perf_counter() - began

    for piece in ("(a)", "%", "א ", "\u2067(", "[\u2069", "   x", "א1,2"):
        small = min(took(piece, 1000 + n) for n in range(3))
        assert min(took(piece, 16_000 + n) for n in range(2)) < 16 * 6 * max(small, 1e-3), ascii(piece)
