"""The bytes of each dialect, and their effect on simulated terminals that reorder text."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.bidi.dialect import DIALECTS, Cell, cells_of, encode_texts, visible_column
from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.terminals import DialectName

WORDS = st.sampled_from(
    (
        *(
            "שלום",
            "עולם",
            "א",
            "שָׁלוֹם",
            'צה"ל',
            "ב-דצמבר",
            "API",
            "beta",
            "2.0",
            "31/12",
            "12%",
            "₪",
            "(שלום)",
        ),
        *("[v2]", "שלום,", "עולם.", "-", "│", "👍", "", "(", "!", "ו-5", "ב2025", "«מרכאות»", "א(ב)ג", "a.b"),
    )
)
VISIBLE = st.builds(
    lambda words, level: line_of(" " + " ".join(words), level).glyphs,
    st.lists(WORDS, min_size=1, max_size=7),
    st.sampled_from([0, 1]),
)
no_deadline = settings(deadline=None)


def sent(name: DialectName, visual: str) -> str:
    return "".join(DIALECTS[name].encode(cells_of(visual)))


@pytest.mark.parametrize(
    ("name", "visual", "written"),
    [
        ("plain", "םולש abc", "םולש abc"),
        ("explicit", "םולש (abc)", "םולש (abc)"),
        ("mlterm", "םולש abc", "םולש abc"),
        ("lrm", "םולש abc", "ם\u200eו\u200eל\u200eש\u200e abc"),
        ("lrm", "ש\u05b8\u05c1 1", "ש\u05b8\u05c1\u200e 1"),
        ("lrm", "abc 12", "abc 12"),
        ("kitty", "םולש-בא abc", "שלום-אב abc"),
        ("kitty", "םוֹלשָׁ", "שָׁלוֹם"),
        ("kitty", "א 1", "א 1"),
        ("word", "םולש abc", "שלום\u2800abc"),
        ("word", " 12-ב  abc", "\u280012-ב\u2800 abc"),
        ("word", 'ל"הצ', 'צה"ל'),
        ("word", "ג(ב)א", "א(ב)ג"),
        ("word", "ב12א", "א12ב"),
        ("word", "abc  def", "abc  def"),
    ],
)
def test_bytes(name: DialectName, visual: str, written: str) -> None:
    assert sent(name, visual).encode() == written.encode()


def test_sequences_at_the_start_and_at_the_end() -> None:
    assert {name: (dialect.enter.encode(), dialect.leave.encode()) for name, dialect in DIALECTS.items()} == {
        "plain": (b"", b""),
        "explicit": (b"\x1b[8l", b"\x1b[8h"),
        "lrm": (b"", b""),
        "kitty": (b"", b""),
        "word": (b"", b""),
        "mlterm": (b"\x1b]5379;use_ctl=false\x07", b"\x1b]5379;use_ctl=true\x07"),
    }


def test_a_mode_of_each_line_is_sent_to_each_line_of_a_screen() -> None:
    explicit, other = DIALECTS["explicit"], DIALECTS["mlterm"]
    assert explicit.enter_screen(2) == "\x1b[1;1H\x1b[8l\x1b[2;1H\x1b[8l"
    assert explicit.enter_screen(0) == explicit.enter
    assert other.enter_screen(2) == other.enter


def ordering_terminal(text: str) -> str:
    """The line as drawn by a terminal that applies the whole algorithm to each line, from the left."""
    return line_of(text, 0).glyphs.replace("\u2800", " ")


def word_reversing_terminal(text: str) -> str:
    """The line as drawn by a terminal that reverses each run of right-to-left letters."""
    shown: list[Cell] = []
    for rtl, run in groupby(cells_of(text), lambda cell: cell[1]):
        cells = list(run)
        shown += reversed(cells) if rtl else cells
    return "".join(letter for letter, _ in shown)


@given(VISIBLE)
@no_deadline
def test_marks_prevent_an_ordering_terminal_from_reordering(visual: str) -> None:
    assert ordering_terminal(sent("lrm", visual)) == visual


@given(VISIBLE)
@no_deadline
def test_a_word_reversing_terminal_restores_the_order(visual: str) -> None:
    assert word_reversing_terminal(sent("kitty", visual)) == visual


# A number directly to the right of a letter cannot be kept there.
AFTER_A_LETTER = re.compile(r"[א-ת].*\d")


@given(VISIBLE)
@no_deadline
def test_an_ordering_terminal_restores_separated_words(visual: str) -> None:
    stretches = re.split("[a-zA-Z ]", visual)
    if not any(AFTER_A_LETTER.search(stretch) for stretch in stretches):
        assert ordering_terminal(sent("word", visual)) == visual


@given(VISIBLE)
@no_deadline
def test_every_cell_is_sent_once(visual: str) -> None:
    for name in DIALECTS:
        written = sent(name, visual).replace("\u2800", " ").replace("\u200e", "")
        assert sorted(written.translate(str.maketrans(")]»", "([«"))) == sorted(
            visual.translate(str.maketrans(")]»", "([«"))
        )


@given(VISIBLE, st.data())
@no_deadline
def test_pieces_of_a_line_keep_their_cells(visual: str, data: st.DataObject) -> None:
    cells = [text for text, _ in cells_of(visual)]
    cut = data.draw(st.integers(0, len(cells)))
    pieces = ["".join(cells[:cut]), "".join(cells[cut:])]
    for name, dialect in DIALECTS.items():
        written = encode_texts(dialect, pieces)
        assert "".join(written) == sent(name, visual)
        assert len(cells_of(written[0])) == cut


def test_a_line_without_rtl_letters_is_sent_unchanged() -> None:
    for dialect in DIALECTS.values():
        assert encode_texts(dialect, ["abc ", "│ 12 │", ""]) == ["abc ", "│ 12 │", ""]


def test_a_mouse_report_is_mapped_to_the_visible_column() -> None:
    visual = " םולש abc 👍ב-א"
    seen = [text for text, _ in cells_of(visual) for _ in range(2 if text == "👍" else 1)]
    written = [text for text, _ in cells_of(sent("word", visual)) for _ in range(2 if text == "👍" else 1)]
    for column, letter in enumerate(written):
        assert seen[visible_column(DIALECTS["word"], visual, column)] == letter.replace("\u2800", " ")
        assert visible_column(DIALECTS["lrm"], visual, column) == column
    assert [visible_column(DIALECTS["word"], visual, column) for column in range(6)] == [0, 4, 3, 2, 1, 5]
    assert visible_column(DIALECTS["word"], visual, 99) == 99
