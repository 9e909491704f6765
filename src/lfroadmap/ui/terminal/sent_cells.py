"""The screen as the terminal has it: of an update only the cells that differ are sent.

Textual sends of a line everything from the beginning of a widget to the last change, each piece with its full
style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console, RenderableType
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.textual.terminal_io import WholeLines

GAP = 6
"""Unchanged columns between two changes that are sent with them: to move the cursor takes as many bytes."""
_EMOJI = re.compile("[\U00010000-\U0010ffff\u200d\ufe0f]")
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""Attribute -> what ends it, and colors do not; those of others end with everything."""
_DRAWS_BLANKS = frozenset(["4", "7", "9", "21", "51", "52", "53"])
"""Attributes that can be seen on a blank."""


class Look(NamedTuple):
    """A style as the codes of a terminal."""

    attributes: str = ""
    ink: str = "39"
    ground: str = "49"
    link: str = ""


PLAIN = Look()
Cell = tuple[str, Look]
"""What a column shows; the second column of a wide character has no text."""


@lru_cache(maxsize=2048)
def look_of(style: Style | None, system: ColorSystem) -> Look:
    """The codes of a style."""
    if style is None:
        return PLAIN
    ink, ground = (color and color.downgrade(system) for color in (style.color, style.bgcolor))
    return Look(
        Strip.render_ansi(style.without_color, system),
        ";".join(ink.get_ansi_codes()) if ink else PLAIN.ink,
        ";".join(ground.get_ansi_codes(False)) if ground else PLAIN.ground,
        style.link or "",
    )


@lru_cache(maxsize=2048)
def on_blank(look: Look) -> Look:
    """What can be seen of it on a blank."""
    is_plain = not look.link and _DRAWS_BLANKS.isdisjoint(look.attributes.split(";"))
    return Look(ground=look.ground) if is_plain else look


@lru_cache(maxsize=4096)
def _columns(text: str) -> tuple[str, ...]:
    """The text column by column."""
    if text.isascii():
        return tuple(text)
    out: list[str] = []
    for start, end, width, _ in clusters(text):
        out += [text[start:end], *[""] * (width - 1)] if width else []
    return tuple(out)


def cells_of(strip: Strip, system: ColorSystem) -> list[Cell]:
    """A line column by column."""
    out: list[Cell] = []
    for text, style, _ in strip:
        look = look_of(style, system)
        blank = on_blank(look)
        out += [(each, blank if each == " " else look) for each in _columns(text)]
    return out


@lru_cache(maxsize=4096)
def _switch(before: Look, look: Look) -> str:
    """What a terminal is sent to go from one style to another."""
    link = f"\x1b]8;;{look.link}\x1b\\" if look.link != before.link else ""
    attributes = _attribute_codes(before.attributes, look.attributes)
    colors = PLAIN[1:3] if attributes[:1] == ["0"] else before[1:3]
    codes = attributes + [new for new, old in zip(look[1:3], colors, strict=True) if new != old]
    return f"{link}\x1b[{';'.join(codes)}m" if codes else link


def _attribute_codes(before: str, after: str) -> list[str]:
    """The codes that lead from some attributes to others."""
    old, new = (text.split(";") if text else [] for text in (before, after))
    ended = [each for each in old if each not in new]
    if any(each not in _OFF for each in ended):
        return ["0", *new]
    off = sorted({_OFF[each] for each in ended})  # bold and dim end together
    return off + [each for each in new if each not in old or _OFF.get(each) in off]


class _Pen:
    """Writes at places, and of each style only what is another than before."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._look = self._on_blank = PLAIN

    def move_to(self, x: int, y: int) -> None:
        self.sent.append(f"\x1b[{y + 1};{x + 1}H")

    def write(self, text: str, look: Look) -> None:
        known = self._look if text.strip(" ") else self._on_blank
        if look is not known and look != known:
            self._change(look)
        self.sent.append(text)

    def _change(self, look: Look) -> None:
        self.sent.append(_switch(self._look, look))
        self._look, self._on_blank = look, on_blank(look)

    def text(self) -> str:
        """Everything that was written, and what ends the last style."""
        self._change(PLAIN)
        return "".join(self.sent)


class _Pieces:
    """Texts of one style each, written style by style: to move the cursor takes fewer bytes than two colors."""

    def __init__(self, pen: _Pen) -> None:
        self._pen = pen
        self._of: dict[Look, list[tuple[int, int, str]]] = {}

    def add(self, cells: Iterable[Cell], x: int, y: int) -> None:
        """Cut cells that begin at a place where the style changes; blanks go with what is beside them."""
        text, look, start = "", PLAIN, x
        for each, its in cells:
            if text and its not in (look, on_blank(look)):
                if text.strip(" ") or on_blank(its) != look:
                    self._of.setdefault(look, []).append((start, y, text))
                    text, start = "", x
                look = its
            elif not text:
                look = its
            text += each
            x += 1
        self._of.setdefault(look, []).append((start, y, text))

    def write(self) -> None:
        """Write all pieces."""
        for look, pieces in self._of.items():
            for x, y, text in pieces:
                self._pen.move_to(x, y)
                self._pen.write(text, look)


class SentCells:
    """Follows what is sent."""

    def __init__(self) -> None:
        self._rows: dict[int, Strip | list[Cell | None]] = {}

    def forget(self) -> None:
        """Take nothing as known of what the terminal shows."""
        self._rows.clear()

    def changes(self, update: RenderableType | None) -> RenderableType | None:
        """An update of which only what differs is sent."""
        if isinstance(update, ChopsUpdate | LayoutUpdate | WholeLines):
            return _Changes(self, update)  # type: ignore[return-value]  # App._display accepts updates
        self.forget()
        return update

    def encode(self, update: CompositorUpdate, system: ColorSystem) -> str:
        """What is sent for an update."""
        pen = _Pen()
        if isinstance(update, ChopsUpdate):
            self._write_chops(pen, update, system)
        elif isinstance(update, WholeLines):
            self._write_lines(pen, update.lines, system)
        elif isinstance(update, LayoutUpdate):
            self.forget()
            lines = ((y, Strip.join(parts)) for y, parts in enumerate(update.strips, update.region.y))
            self._write_lines(pen, lines, system)
        return pen.text()

    def _write_lines(self, pen: _Pen, lines: Iterable[tuple[int, Strip]], system: ColorSystem) -> None:
        for y, strip in lines:
            if self._rows.get(y) != strip:
                self._rows[y] = strip
                pen.move_to(0, y)
                _write_line(pen, strip, y, system)

    def _write_chops(self, pen: _Pen, update: ChopsUpdate, system: ColorSystem) -> None:
        pieces = _Pieces(pen)
        for y, first, last in update.spans:
            row = self._row(y, system)
            for (x, strip), end in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
                if strip is not None and x < last and end > first:
                    cells = cells_of(strip, system)
                    row += [None] * (x + len(cells) - len(row))
                    for start, until in changed_runs(row[x : x + len(cells)], cells):
                        run = cells[start:until]
                        if system is ColorSystem.STANDARD or any(_is_emoji(text) for text, _ in run):
                            _write_run(pen, run, (0, len(run)), (x + start, y))
                        else:
                            pieces.add(run, x + start, y)
                    row[x : x + len(cells)] = cells
        pieces.write()

    def _row(self, y: int, system: ColorSystem) -> list[Cell | None]:
        row = self._rows.get(y, [])
        if isinstance(row, Strip):
            row = list(cells_of(row, system))
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
    while at < end:
        if before[at] == after[at]:
            at += 1
            continue
        start = last = at
        while at < end and at - last <= GAP:
            if before[at] != after[at]:
                last = end - 1 if _is_emoji(after[at][0]) else at
            at += 1
        until = last + 1
        while start and not after[start][0]:
            start -= 1
        while until < end and not after[until][0]:
            until += 1
        yield start, until
        at = until


def _is_emoji(text: str) -> bool:
    """True for a character for which terminals take different numbers of columns."""
    return len(text) > 1 or text > "\uffff"


def _write_run(pen: _Pen, cells: Sequence[Cell], run: tuple[int, int], place: tuple[int, int]) -> None:
    """Write some cells of a line that begins at a place; the cursor is placed behind each emoji."""
    x, y = place
    at, end = run
    pen.move_to(x + at, y)
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


def _write_line(pen: _Pen, strip: Strip, y: int, system: ColorSystem) -> None:
    if _EMOJI.search(strip.text):
        cells = cells_of(strip, system)
        _write_run(pen, cells, (0, len(cells)), (0, y))
        return
    for text, style, _ in strip:
        look = look_of(style, system)
        pen.write(text, look if text.strip(" ") else on_blank(look))
