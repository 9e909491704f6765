"""What is known of the terminal and of Hebrew in it, and the question that settles the rest."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, positional
from lfroadmap.cli.terminal import dialect_of
from lfroadmap.settings import config_folder, save

if TYPE_CHECKING:
    from lfroadmap.bidi.dialect import Dialect
    from lfroadmap.bidi.probe import Detected
    from lfroadmap.bidi.terminals import DialectName
    from lfroadmap.cli.output import Output
    from lfroadmap.words import Words

DONE = 0
SENTENCE = "שלום עולם, גרסה 2.0 (API)"
SHOWN: tuple[DialectName, ...] = ("plain", "explicit", "lrm", "kitty", "word")
"""The dialects in which a line can be written; the other switches the whole window."""
SIGNS = (
    *("TERM", "TERM_PROGRAM", "COLORTERM", "VTE_VERSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "MLTERM"),
    *("WT_SESSION", "TMUX", "STY", "SSH_TTY"),
)
"""Variables by which a terminal may be known, if it does not answer."""


@dataclass(frozen=True, slots=True)
class DoctorOptions:
    """The options of `doctor`."""

    file: str | None = positional()
    check: bool = flag("--check")
    json: bool = flag("--json")


def doctor(context: CommandContext[DoctorOptions]) -> int:
    """Look after a file; without one, print what is known of the terminal, and ask how Hebrew reads right."""
    options = context.options
    if options.file or options.check or options.json:
        from lfroadmap.cli.rescue import rescue_file

        file = needed(options.file, "FILE", "doctor")
        return rescue_file(context, file, check=options.check, as_json=options.json)
    report(context)
    return DONE


def report(context: CommandContext[DoctorOptions]) -> None:
    """Print what is known. On a terminal, ask and remember the answer."""
    words, bidi, output = context.words, context.settings.bidi, context.output
    detected = output.terminal(sys.stdout)
    dialect = dialect_of(bidi, detected if bidi == "auto" else None)
    for line in _known(words, dialect, detected, is_set=bidi != "auto"):
        output.text(line)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _ask(words, output)


def _known(words: Words, dialect: Dialect, detected: Detected, *, is_set: bool) -> list[str]:
    answers, why = detected.answers, _why(words, detected.why)
    key = "doctor.chosen" if is_set else "doctor.detected"
    none = words("doctor.nothing")
    signs = [f"{name}={os.environ[name]}" for name in SIGNS if os.environ.get(name)]
    lines = [
        words(key, name=dialect.name, found=detected.dialect, why=why),
        words("doctor.terminal", name=answers.name or none),
        words("doctor.device", numbers=answers.device or none),
        words("doctor.mode_8", state=none if answers.mode8 is None else answers.mode8),
        words("doctor.signs", signs=", ".join(signs) or "—"),
    ]
    if answers.outer:
        lines.append(words("doctor.around", name=answers.outer))
    return [*lines, "", words("doctor.alt"), words("doctor.option")]


def _why(words: Words, sign: str) -> str:
    """The sign by which a dialect was chosen, in words where it has some."""
    key = f"doctor.why_{sign.replace('-', '_')}"
    return words(key) if key in words else sign


def _sample(output: Output, number: int, name: DialectName) -> None:
    """Print the sentence as a dialect writes it, behind its number."""
    from rich.segment import Segment

    from lfroadmap.bidi.line import line_of

    output.sample([Segment(f"  {number}   "), Segment(line_of(SENTENCE, 1).glyphs)], name)


def _ask(words: Words, output: Output) -> None:
    """Show the sentence in every dialect, and remember which one is right."""
    most = len(SHOWN)
    output.text("")
    output.text(words("doctor.samples", n=most))
    for number, name in enumerate(SHOWN, 1):
        _sample(output, number, name)
    output.text(words("doctor.ask", n=most))
    answer = _number(words, output, most)
    if answer is None:
        output.text(words("doctor.kept"))
        return
    chosen = SHOWN[answer - 1] if answer else "auto"
    save(config_folder(), bidi=chosen)
    output.text(words("doctor.remembered", name=chosen))


def _number(words: Words, output: Output, most: int) -> int | None:
    """The number that was typed, from 0; None for an empty line or the end."""
    while True:
        typed = (output.ask() or "").strip()
        if not typed:
            return None
        if typed.isdecimal() and int(typed) <= most:
            return int(typed)
        output.text(words("doctor.no_such", n=most))


DOCTOR = Command(DoctorOptions, doctor)
