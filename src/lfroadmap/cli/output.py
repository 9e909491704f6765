"""The one way of all text to the standard output and to the standard error.

On a terminal text is wrapped between words, put in visual order and sent in the terminal's dialect; into a
file or a pipe it goes in the order of reading, rows of cells without invisible direction characters. What
programs read, bytes and JSON, is always UTF-8.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING, TextIO

from lfroadmap.skeleton import SKELETON
from lfroadmap.text import Direction, clean, without_direction_marks
from lfroadmap.words import SafeText, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment

    from lfroadmap.bidi.dialect import Dialect
    from lfroadmap.bidi.probe import Detected
    from lfroadmap.bidi.terminals import DialectName
    from lfroadmap.report.nodes import Report

PATIENCE = 0.5
"""Seconds that a remark waits for a terminal that takes nothing."""
_SUGGESTED = re.compile(r"(?m)^ +lfroadmap(?= (?!--help))")
_COLUMNS = 80
"""Width of a terminal that does not say how wide it is."""


def shell_word(text: str) -> str:
    """A text as a word of a command to copy: in ASCII, as a Hebrew path would be shown backwards."""
    if text.isascii():
        return quote(text)
    plain = (
        chr(byte) if 32 <= byte < 127 and byte not in b"\\'" else f"\\x{byte:02x}"
        for byte in os.fsencode(text)
    )
    return f"$'{''.join(plain)}'"


class Output:
    """Prints text on a page of a direction, ordered as the setting `bidi` or the terminal itself wants it."""

    def __init__(self, direction: Direction, bidi: str) -> None:
        self.direction: Direction = direction
        self.bidi = bidi
        self.detected: dict[TextIO, Detected] = {}
        """What the terminals behind the streams answered."""
        self.options = ""
        """Options of this run without which a suggested command would look for roadmaps elsewhere."""
        self.keeps_typed = False
        """True if keys that come with the answers are processed by the screen, which is to open."""
        self._notices: set[str] = set()
        """The notices that were printed."""

    def text(self, text: str, stream: TextIO | None = None) -> None:
        """Print words, which may contain typed text; a paragraph is a line or more.

        Commands on lines of their own get the options that they need to do here what they say.
        """
        stream = stream or sys.stdout
        if self.options:
            text = SafeText(_SUGGESTED.sub(lambda found: f"{found[0]} {self.options}", safe(text)))
        self._print(self._ordered(text, stream), stream)

    def complaint(self, text: str) -> None:
        """Print what is no result, on the standard error and behind the program's name."""
        SKELETON.take_off()
        self.text(_behind_name(text, sys.stderr), sys.stderr)

    def notice(self, text: str, *, may_drop: bool = False) -> None:
        """As `complaint`, but the same text once only; with `may_drop` as `remark`."""
        if text in self._notices:
            return
        self._notices.add(text)
        if may_drop:
            self.remark(text, sys.stderr)
        else:
            self.complaint(text)

    def remark(self, text: str, stream: TextIO) -> None:
        """Print what only helps a person; dropped where a terminal takes nothing, or is gone.

        It is for work that must not wait for its terminal.
        """
        if _takes(stream):
            named = _behind_name(text, stream) if stream is sys.stderr else text
            self._drop_on_error(self._ordered(named, stream), stream)

    def remark_path(self, path: object) -> None:
        """Print where a file is, as `remark`."""
        if _takes(sys.stdout):
            self._drop_on_error(self._path_lines(path), sys.stdout)

    def progress(self, text: str) -> None:
        """Write what is being done on the line of the cursor, from its beginning; as `remark`."""
        if _takes(sys.stderr):
            line = self._ordered(text, sys.stderr, spare=1)[0]
            self._drop_on_error([f"\r{line}" if text else "\r\x1b[K"], sys.stderr, end="")

    def path(self, path: object) -> None:
        """Print where a file is: a line for programs too, so that it is never wrapped."""
        self._print(self._path_lines(path), sys.stdout)

    def rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Print rows of cells as columns, without empty ones."""
        columns = [column for column in zip(*rows, strict=True) if any(column)]
        cells = [[" ".join(safe(cell).split("\n")) for cell in row] for row in zip(*columns, strict=True)]
        if not sys.stdout.isatty():
            cells = [[without_direction_marks(clean(cell)) for cell in row] for row in cells]
            widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
            lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
        else:
            from lfroadmap.bidi.plain_lines import row_lines

            lines = row_lines(cells, self.direction, _width(sys.stdout))
        self._print(lines, sys.stdout)

    def fits(self, rows: Sequence[Sequence[str]]) -> bool:
        """True if `rows` prints these as columns without breaking a line; in a file or a pipe always."""
        if not sys.stdout.isatty():
            return True
        from lfroadmap.bidi.plain_lines import fit_beside

        return fit_beside([[safe(cell) for cell in row] for row in rows], _width(sys.stdout))

    def ask(self, question: str = "") -> str | None:
        """Ask, and return what was typed; None at the end of the input.

        A question stands where Python's own would: on the standard error of a terminal.
        """
        SKELETON.take_off()
        stream = sys.stderr if sys.stdout.isatty() else sys.stdout
        above = self._ordered(question.rstrip(" "), stream) if question else []
        # behind a question from the right nothing could be typed
        under = not above or (self.direction == "rtl" and stream.isatty())
        prompt = ">" if under else above.pop()
        if above:
            self._print(above, stream)
        self._print([f"{prompt} "], stream, end="")
        try:
            return input()
        except EOFError:
            return None

    def report(self, report: Report) -> None:
        """Print a report on the standard output."""
        from lfroadmap.report.theme import THEME

        console = _console(theme=THEME)
        if not console.is_terminal:
            console.print(report)
            return
        from lfroadmap.bidi.dialect import PLAIN
        from lfroadmap.bidi.printing import any_rtl, print_lines, visual_lines

        lines = visual_lines(report.whole(), self.direction, console)
        print_lines(lines, self.dialect(sys.stdout) if any_rtl(lines) else PLAIN, console)

    def sample(self, segments: list[Segment], name: DialectName) -> None:
        """Print a line that is in visual order in one dialect, whatever the terminal wants."""
        from lfroadmap.bidi.dialect import DIALECTS
        from lfroadmap.bidi.printing import print_lines

        print_lines([segments], DIALECTS[name], _console())

    def dialect(self, stream: TextIO) -> Dialect:
        """The dialect for lines that stay when the program has ended."""
        from lfroadmap.cli.terminal import dialect_of, lasting

        return lasting(dialect_of(self.bidi, self.terminal(stream) if self.bidi == "auto" else None))

    def terminal(self, stream: TextIO) -> Detected:
        """What the terminal behind a stream answers; it is asked once."""
        from lfroadmap.cli.terminal import detect, give_back

        if stream not in self.detected:
            self.detected[stream] = detect(stream)
            if self.detected[stream].typed and not self.keeps_typed:
                give_back(self.detected[stream].typed)
        return self.detected[stream]

    def _ordered(self, text: str, stream: TextIO, spare: int = 0) -> list[str]:
        """The lines of a text in visual order on a terminal, else in the order of reading."""
        if not stream.isatty():
            return clean(text).split("\n")
        from lfroadmap.bidi.plain_lines import page_lines

        return page_lines(safe(text), self.direction, _width(stream) - spare)

    def _path_lines(self, path: object) -> list[str]:
        if not sys.stdout.isatty():
            return [str(path)]
        from lfroadmap.bidi.line import line_of
        from lfroadmap.bidi.marks import isolate

        line = line_of(isolate(clean(str(path))), 0)
        return [" " * (_width(sys.stdout) - line.width if self.direction == "rtl" else 0) + line.glyphs]

    def _print(self, lines: Sequence[str], stream: TextIO, end: str = "\n") -> None:
        """Print lines in the dialect of the terminal, if it is one and they have right-to-left letters."""
        if not stream.isatty() or all(map(str.isascii, lines)):
            print("\n".join(lines), end=end, file=stream, flush=True)
            return
        from lfroadmap.bidi.dialect import PLAIN, encode_texts
        from lfroadmap.bidi.switching import switched
        from lfroadmap.bidi.tables import has_rtl

        dialect = self.dialect(stream) if any(map(has_rtl, lines)) else PLAIN
        with switched(dialect, stream):
            print("\n".join(encode_texts(dialect, [line])[0] for line in lines), end=end, file=stream)
        stream.flush()

    def _drop_on_error(self, lines: Sequence[str], stream: TextIO, end: str = "\n") -> None:
        try:
            self._print(lines, stream, end)
        except OSError:  # the reader is gone, and the work goes on
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _behind_name(text: str, stream: TextIO) -> SafeText:
    """The text behind the program's name, which joins no Latin word after it on a terminal."""
    if not stream.isatty():
        return SafeText(f"lfroadmap: {safe(text)}")
    from lfroadmap.bidi.marks import isolate

    return SafeText(f"{isolate('lfroadmap')}: {safe(text)}")


def print_bytes(data: bytes) -> None:
    """Write to the standard output what is UTF-8 whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a value as JSON, of which a terminal obeys nothing."""
    from lfroadmap.roadmap.json_text import json_text

    print_bytes(f"{json_text(value, keep_surrogates=True)}\n".encode())


def _console(**options: object) -> Console:
    from rich.console import Console

    return Console(highlight=False, **options)  # type: ignore[arg-type]


def _width(stream: TextIO) -> int:
    """Columns of a terminal, or what COLUMNS says."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named[:6]) > 0:
        return int(named[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or _COLUMNS
    except OSError:  # a terminal without a size
        return _COLUMNS


def _takes(stream: TextIO) -> bool:
    """True if a terminal takes something now or soon; anything else may be waited for."""
    if os.name != "posix" or not stream.isatty():
        return True
    return bool(select.select([], [stream], [], PATIENCE)[1])
