"""Choice of the dialect for a terminal, by its answers to queries and by environment variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

DialectName = Literal["plain", "explicit", "lrm", "kitty", "word", "mlterm"]

Environ = Mapping[str, str]


class Answers(NamedTuple):
    """A terminal's answers to the queries of `probe`."""

    name: str = ""
    """Its name and version (XTVERSION)."""
    mode8: int | None = None
    """State of mode 8 after it was reset: 1 set, 2 reset, 4 always reset, 0 unknown; None: no answer."""
    device: str = ""
    """Secondary device attributes, such as `41;379;0`."""
    complete: bool = False
    """True if the last query was answered, which every terminal answers."""
    outer: str = ""
    """The name of the terminal in which a multiplexer runs."""


_PATTERNS = (
    r"\x1bP>\|([^\x1b\x07]*)(?:\x1b\\|\x07)",  # XTVERSION
    r"\x1b\[\??8;(\d)\$y",  # state of mode 8
    r"\x1b\[>([\d;]*)c",  # secondary device attributes
    r"\x1b\[\?[\d;]*c",  # primary device attributes
)
ANSWER = re.compile("|".join(_PATTERNS))
"""Any answer to the queries of `probe`."""
_NAME, _MODE8, _DEVICE, LAST_ANSWER = (re.compile(pattern.encode()) for pattern in _PATTERNS)


def parse_answers(data: bytes) -> tuple[Answers, bytes]:
    """The answers in the data that a terminal sent, and the remaining data: keys typed meanwhile."""
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
    """True if the program runs in tmux, not in another terminal that was started from tmux."""
    return answers.name.lower().startswith("tmux") or (not answers.name and "TMUX" in environ)


def _in_multiplexer(answers: Answers, environ: Environ) -> bool:
    screen = answers.device.startswith("83;") or (not answers.name and "STY" in environ)
    return screen or in_tmux(answers, environ)


class _Rule(NamedTuple):
    """A rule that chooses a dialect; the first one that applies counts."""

    dialect: DialectName
    why: str
    applies: Callable[[Answers, Environ], bool]


def _named(*names: str) -> Callable[[Answers, Environ], bool]:
    return lambda answers, _: answers.name.lower().startswith(names)


def _device(*numbers: str) -> Callable[[Answers, Environ], bool]:
    return lambda answers, _: answers.device.startswith(numbers)


def _variable(variable: str, *values: str) -> Callable[[Answers, Environ], bool]:
    """Applies if an environment variable is set, or has one of the values, and the terminal gave no name.

    A terminal that gave one may only have inherited the variable from the terminal that it was started in.
    """

    def applies(answers: Answers, environ: Environ) -> bool:
        value = environ.get(variable, "")
        return not answers.name and (value in values if values else bool(value))

    return applies


def _always(answers: Answers, environ: Environ) -> bool:
    return True


def _silent(answers: Answers, environ: Environ) -> bool:
    return not answers.complete and environ.get("TERM", "").startswith(("xterm", "vte", "gnome"))


_IN_MULTIPLEXER = (
    _Rule("kitty", "outer-kitty", _named("kitty")),
    _Rule("lrm", "outer-konsole", _named("konsole")),
    _Rule("lrm", "outer-vte", _named("vte")),
    _Rule("lrm", "outer-mintty", _named("mintty")),
    _Rule("word", "outer-mlterm", _variable("MLTERM")),
    _Rule("lrm", "VTE_VERSION", _variable("VTE_VERSION")),
    _Rule("lrm", "KONSOLE_VERSION", _variable("KONSOLE_VERSION")),
    _Rule("kitty", "KITTY_WINDOW_ID", _variable("KITTY_WINDOW_ID")),
    _Rule("plain", "multiplexer", _always),
)

_ALONE = (
    _Rule("explicit", "mode-8", lambda answers, _: answers.mode8 in (2, 4)),
    _Rule("kitty", "kitty", _named("kitty")),
    _Rule("lrm", "konsole", _named("konsole")),
    _Rule("explicit", "vte", _named("vte", "mintty")),
    _Rule("mlterm", "mlterm", _named("mlterm")),
    _Rule("mlterm", "mlterm", _device("24;")),
    _Rule("word", "putty", _device("0;136;")),
    _Rule("word", "qterminal", lambda answers, _: answers.device == "0;115;0" and not answers.name),
    _Rule("mlterm", "MLTERM", _variable("MLTERM")),
    _Rule("mlterm", "TERM", _variable("TERM", "mlterm", "mlterm-256color")),
    _Rule("kitty", "TERM", _variable("TERM", "xterm-kitty")),
    _Rule("word", "TERM", _variable("TERM", "putty", "putty-256color")),
    _Rule("word", "TERM_PROGRAM", _variable("TERM_PROGRAM", "Apple_Terminal")),
    _Rule("plain", "TERM_PROGRAM", _variable("TERM_PROGRAM", "iTerm.app", "WezTerm", "ghostty", "vscode")),
    _Rule("plain", "WT_SESSION", _variable("WT_SESSION")),
    _Rule("lrm", "KONSOLE_VERSION", _variable("KONSOLE_VERSION")),
    _Rule("explicit", "VTE_VERSION", _variable("VTE_VERSION")),
    _Rule("explicit", "COLORTERM", _variable("COLORTERM", "gnome-terminal", "xfce4-terminal")),
    _Rule("explicit", "silent", _silent),  # right for VTE over a slow connection, harmless to the others
    _Rule("plain", "no-sign", _always),
)


class Choice(NamedTuple):
    """A dialect and the reason for it."""

    dialect: DialectName
    why: str
    """A short name in ASCII, such as that of a terminal or of a variable."""


def choose(answers: Answers, environ: Environ) -> Choice:
    """The dialect for a terminal; `plain` if no rule chooses another."""
    rules: tuple[_Rule, ...] = _ALONE
    if _in_multiplexer(answers, environ):
        rules, answers = _IN_MULTIPLEXER, answers._replace(name=answers.outer)
    return next(Choice(rule.dialect, rule.why) for rule in rules if rule.applies(answers, environ))
