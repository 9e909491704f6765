"""Which dialect a terminal takes, by what it answers and by what the environment tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

DialectName = Literal["plain", "explicit", "lrm", "kitty", "word", "mlterm"]

Environ = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal told of itself."""

    name: str = ""
    """Its name and version (XTVERSION)."""
    mode8: int | None = None
    """State of mode 8 after it was reset: 1 set, 2 reset, 4 always reset, 0 unknown; None: no answer."""
    device: str = ""
    """Secondary device attributes, as `41;379;0`."""
    complete: bool = False
    """Whether it came to the last question, which every terminal answers."""
    outer: str = ""
    """The name of the terminal around a multiplexer."""


_NAME = re.compile(rb"\x1bP>\|([^\x1b\x07]*)(?:\x1b\\|\x07)")
_MODE8 = re.compile(rb"\x1b\[\??8;(\d)\$y")
_DEVICE = re.compile(rb"\x1b\[>([\d;]*)c")
LAST_ANSWER = re.compile(rb"\x1b\[\?[\d;]*c")


def parse_answers(data: bytes) -> tuple[Answers, bytes]:
    """What the terminal answered in what it sent, and the rest: keys that were typed meanwhile."""
    name, mode8, device = (pattern.search(data) for pattern in (_NAME, _MODE8, _DEVICE))
    answers = Answers(
        name[1].decode("utf-8", "replace") if name else "",
        int(mode8[1]) if mode8 else None,
        device[1].decode("ascii") if device else "",
        LAST_ANSWER.search(data) is not None,
    )
    for pattern in (_NAME, _MODE8, _DEVICE, LAST_ANSWER):
        data = pattern.sub(b"", data)
    return answers, data


def in_tmux(answers: Answers, environ: Environ) -> bool:
    """Whether tmux is between; a terminal that was started from inside it tells its own name."""
    return answers.name.lower().startswith("tmux") or (not answers.name and "TMUX" in environ)


def _in_multiplexer(answers: Answers, environ: Environ) -> bool:
    screen = answers.device.startswith("83;") or (not answers.name and "STY" in environ)
    return screen or in_tmux(answers, environ)


class _Row(NamedTuple):
    """A sign of a terminal; of the rows that apply, the first counts."""

    dialect: DialectName
    why: str
    applies: Callable[[Answers, Environ], bool]


def _named(*names: str) -> Callable[[Answers, Environ], bool]:
    return lambda answers, _: answers.name.lower().startswith(names)


def _device(*numbers: str) -> Callable[[Answers, Environ], bool]:
    return lambda answers, _: answers.device.startswith(numbers)


def _told(variable: str, *values: str) -> Callable[[Answers, Environ], bool]:
    """By a variable, which programs started from that terminal inherit: only of one that tells no name."""

    def applies(answers: Answers, environ: Environ) -> bool:
        value = environ.get(variable, "")
        return not answers.name and (value in values if values else bool(value))

    return applies


def _always(answers: Answers, environ: Environ) -> bool:
    return True


def _silent(answers: Answers, environ: Environ) -> bool:
    return not answers.complete and environ.get("TERM", "").startswith(("xterm", "vte", "gnome"))


_IN_MULTIPLEXER = (
    _Row("kitty", "outer-kitty", _named("kitty")),
    _Row("lrm", "outer-konsole", _named("konsole")),
    _Row("lrm", "outer-vte", _named("vte")),
    _Row("lrm", "outer-mintty", _named("mintty")),
    _Row("word", "outer-mlterm", _told("MLTERM")),
    _Row("lrm", "VTE_VERSION", _told("VTE_VERSION")),
    _Row("lrm", "KONSOLE_VERSION", _told("KONSOLE_VERSION")),
    _Row("kitty", "KITTY_WINDOW_ID", _told("KITTY_WINDOW_ID")),
    _Row("plain", "multiplexer", _always),
)

_ALONE = (
    _Row("explicit", "mode-8", lambda answers, _: answers.mode8 in (2, 4)),
    _Row("kitty", "kitty", _named("kitty")),
    _Row("lrm", "konsole", _named("konsole")),
    _Row("explicit", "vte", _named("vte", "mintty")),
    _Row("mlterm", "mlterm", _named("mlterm")),
    _Row("mlterm", "mlterm", _device("24;")),
    _Row("word", "putty", _device("0;136;")),
    _Row("word", "qterminal", lambda answers, _: answers.device == "0;115;0" and not answers.name),
    _Row("mlterm", "MLTERM", _told("MLTERM")),
    _Row("mlterm", "TERM", _told("TERM", "mlterm", "mlterm-256color")),
    _Row("kitty", "TERM", _told("TERM", "xterm-kitty")),
    _Row("word", "TERM", _told("TERM", "putty", "putty-256color")),
    _Row("word", "TERM_PROGRAM", _told("TERM_PROGRAM", "Apple_Terminal")),
    _Row("plain", "TERM_PROGRAM", _told("TERM_PROGRAM", "iTerm.app", "WezTerm", "ghostty", "vscode")),
    _Row("plain", "WT_SESSION", _told("WT_SESSION")),
    _Row("lrm", "KONSOLE_VERSION", _told("KONSOLE_VERSION")),
    _Row("explicit", "VTE_VERSION", _told("VTE_VERSION")),
    _Row("explicit", "COLORTERM", _told("COLORTERM", "gnome-terminal", "xfce4-terminal")),
    _Row("explicit", "silent", _silent),  # harmless to all that were seen, and right where VTE is far away
    _Row("plain", "no-sign", _always),
)


class Choice(NamedTuple):
    """A dialect, and by what sign it was chosen: a short name in ASCII."""

    dialect: DialectName
    why: str


def choose(answers: Answers, environ: Environ) -> Choice:
    """The dialect for a terminal; `plain` where nothing tells of another."""
    rows: tuple[_Row, ...] = _ALONE
    if _in_multiplexer(answers, environ):
        rows, answers = _IN_MULTIPLEXER, replace(answers, name=answers.outer)
    return next(Choice(row.dialect, row.why) for row in rows if row.applies(answers, environ))
