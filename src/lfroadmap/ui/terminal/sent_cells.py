"""The screen as the terminal has it: of an update only the cells that differ are sent.

Textual sends of a line everything from the beginning of a widget to the last change, each piece with its full
style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.marks import LRM
from lfroadmap.bidi.textual.terminal_io import WholeLines
from lfroadmap.ui.terminal.pen import Look, Pen, look_of, on_blank

GAP = 6
"""Unchanged columns between two changes that are sent with them: to move the cursor takes as many bytes."""
_EMOJI = re.compile("[\U00010000-\U0010ffff\u200d\ufe0f]")

Cell = tuple[str, Look]
"""What a column shows; the second column of a wide character has no text."""


def _columns(text: str) -> Iterable[str]:
    """The text column by column."""
    if text.isascii():
        return text
    out: list[str] = []
    for start, end, width, _ in clusters(text):
        out += [text[start:end], *[""] * (width - 1)] if width else []
    return out


@lru_cache(maxsize=4096)
def _piece(text: str, look: Look) -> tuple[Cell, ...]:
    """A text of one style column by column."""
    blank = on_blank(look)
    return tuple(_cell(each, blank if each == " " else look) for each in _columns(text))


@lru_cache(maxsize=4096)
def _cell(text: str, look: Look) -> Cell:
    """A cell, once however often it is on the screen: the terminal's are all remembered."""
    return text, look


def cells_of(strip: Strip, system: ColorSystem) -> list[Cell]:
    """A line column by column."""
    out: list[Cell] = []
    for text, style, _ in strip:
        out += _piece(text, look_of(style, system))
    return out


class _Pieces:
    """Texts of one style each, written style by style: to move the cursor takes fewer bytes than two colors.

    Of sixteen colors it does not, and behind an emoji the cursor is placed: these are written at once.
    """

    def __init__(self, pen: Pen, *, by_style: bool) -> None:
        self._pen = pen
        self._by_style = by_style
        self._of: dict[Look, list[tuple[int, int, str]]] = {}

    def add(self, cells: Sequence[Cell], x: int, y: int) -> None:
        """Take cells that begin at a place."""
        if not self._by_style or _have_emoji(cells):
            _write_run(self._pen, cells, x, y)
            return
        for start, text, look in _of_one_style(cells):
            self._of.setdefault(look, []).append((x + start, y, text))

    def write(self) -> None:
        """Write what was not written yet."""
        for look, pieces in self._of.items():
            for x, y, text in pieces:
                self._pen.move_to(x, y)
                self._pen.write(text, look)


def _of_one_style(cells: Sequence[Cell]) -> Iterator[tuple[int, str, Look]]:
    """Columns, texts and styles of the pieces of a line; blanks go with what is beside them."""
    text, look, start = "", cells[0][1], 0
    for at, (each, its) in enumerate(cells):
        if its != look and its != on_blank(look):
            if text.strip(" ") or on_blank(its) != look:
                yield start, text, look
                text, start = "", at
            look = its
        text += each
    yield start, text, look


class SentCells:
    """Follows what is sent."""

    def __init__(self) -> None:
        self._rows: dict[int, Strip | tuple[Strip, ...] | list[Cell | None]] = {}
        """Rows -> the line as it was sent, as a whole or in parts, or cell by cell where a part of it was."""

    def forget(self) -> None:
        """Take nothing as known of what the terminal shows."""
        self._rows.clear()

    def changes(self, update: RenderableType | None) -> RenderableType | None:
        """An update of which only what differs is sent."""
        if isinstance(update, ChopsUpdate | LayoutUpdate | WholeLines):
            return _Changes(self, update)  # type: ignore[return-value]  # App._display accepts updates
        if update is not None:  # nothing at all is sent for None
            self.forget()
        return update

    def encode(self, update: CompositorUpdate, system: ColorSystem) -> str:
        """What is sent for an update."""
        pen = Pen()
        if isinstance(update, ChopsUpdate):
            self._write_chops(pen, update, system)
        elif isinstance(update, WholeLines):
            self._write_lines(pen, update.lines, system)
        elif isinstance(update, LayoutUpdate):
            self.forget()
            for y, parts in enumerate(update.strips, update.region.y):
                self._rows[y] = line = tuple(filter(None, parts))
                pen.move_to(0, y)
                _write_line(pen, line, y, system)
        return pen.text()

    def _write_lines(self, pen: Pen, lines: Iterable[tuple[int, Strip]], system: ColorSystem) -> None:
        pieces = _Pieces(pen, by_style=system is not ColorSystem.STANDARD)
        for y, strip in lines:
            before = self._rows.get(y)
            if before == strip:
                continue
            self._rows[y] = strip
            if isinstance(before, Strip) and before.cell_length == strip.cell_length:
                cells = cells_of(strip, system)
                for start, until in changed_runs(cells_of(before, system), cells):
                    pieces.add(cells[start:until], start, y)
            else:
                pen.move_to(0, y)
                _write_line(pen, (strip,), y, system)
        pieces.write()

    def _write_chops(self, pen: Pen, update: ChopsUpdate, system: ColorSystem) -> None:
        pieces = _Pieces(pen, by_style=system is not ColorSystem.STANDARD)
        for y, first, last in update.spans:
            row = self._row(y, system)
            for (x, strip), end in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
                if strip is not None and x < last and end > first:
                    cells = cells_of(strip, system)
                    row += [None] * (x + len(cells) - len(row))
                    for start, until in changed_runs(row[x : x + len(cells)], cells):
                        pieces.add(cells[start:until], x + start, y)
                    row[x : x + len(cells)] = cells
        pieces.write()

    def _row(self, y: int, system: ColorSystem) -> list[Cell | None]:
        row = self._rows.get(y, [])
        if isinstance(row, Strip):
            row = (row,)
        if isinstance(row, tuple):
            row = [cell for strip in row for cell in cells_of(strip, system)]
        self._rows[y] = row
        return row


class _Changes(CompositorUpdate):
    """An update with what the terminal shows before it."""

    def __init__(self, known: SentCells, update: CompositorUpdate) -> None:
        self.known = known
        self.update = update

    def render_segments(self, console: Console) -> str:
        """The text to send to the terminal."""
        return self.known.encode(self.update, COLOR_SYSTEMS[console.color_system or "truecolor"])


def changed_runs(before: Sequence[Cell | None], after: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The columns that differ, in runs; no wide character is divided.

    Behind an emoji everything is sent: a terminal that draws it in more columns wrote over it.
    """
    at, end = 0, len(after)
    if before == after:
        return
    has_emoji = _have_emoji(after)
    while at < end:
        if before[at] == after[at]:
            at += 1
            continue
        start = last = at
        while at < end and at - last <= GAP:
            if before[at] != after[at]:
                last = end - 1 if has_emoji and _is_emoji(after[at][0]) else at
            at += 1
        until = last + 1
        while start and not after[start][0]:
            start -= 1
        while until < end and not after[until][0]:
            until += 1
        yield start, until
        at = until


def _have_emoji(cells: Sequence[Cell]) -> bool:
    texts = [text for text, _ in cells]
    if not texts or (max(map(len, texts)) < 2 and max(texts) <= "\uffff"):  # found out in C
        return False
    return any(map(_is_emoji, texts))


def _is_emoji(text: str) -> bool:
    """True for a character for which terminals take different numbers of columns."""
    if len(text) < 2:
        return text > "\uffff"
    return len(text) > 2 or text[-1] != LRM or text[0] > "\uffff"


def _write_run(pen: Pen, cells: Sequence[Cell], x: int, y: int) -> None:
    """Write cells that begin at a place; the cursor is placed behind each emoji."""
    at, end = 0, len(cells)
    pen.move_to(x, y)
    while at < end:
        text, look = cells[at]
        at += 1
        if _is_emoji(text):
            pen.write(text, look)
            at += at < end and not cells[at][0]
            pen.move_to(x + at, y)
            continue
        while at < end and cells[at][1] is look and not _is_emoji(cells[at][0]):
            text += cells[at][0]
            at += 1
        pen.write(text, look)


def _write_line(pen: Pen, parts: Sequence[Strip], y: int, system: ColorSystem) -> None:
    """Write a line as a whole, where the pen stands already."""
    segments = [segment for strip in parts for segment in strip]
    if _EMOJI.search("".join([text for text, _, _ in segments])):
        _write_run(pen, [cell for strip in parts for cell in cells_of(strip, system)], 0, y)
    else:
        pen.write_line(segments, system)
