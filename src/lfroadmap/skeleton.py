"""The skeleton of the last screen, shown before the program is loaded.

It is the first thing that a start does, so nothing is imported here that takes time. The skeleton is a file
in the cache folder, written when the program ends; it is only shown where the same start in the same
terminal would come to the same screen.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import FrameType

_HEAD: Final = "lfroadmap skeleton 1"
_MOST_BYTES: Final = 1 << 17
"""Longest file that is read: 200×60 cells with their colors take about 20 KB."""
_PATIENCE, _LAST_PATIENCE = 0.05, 1.0
"""Seconds that a terminal has to take a piece of the skeleton, and of what gives it back."""
_PIECE: Final = 1024
"""Bytes in one write; a terminal that can be written to takes that many."""
_SHOW, _HIDE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_KEEPS_ORDER, _ORDERS = "\x1b[8l", "\x1b[8h"
"""The terminal leaves the order of text to the program, or does it itself."""
_VARIABLES: Final = (
    "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "VTE_VERSION", "KONSOLE_VERSION", "TMUX",
    "STY", "MLTERM", "KITTY_WINDOW_ID", "WT_SESSION", "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE",
    "LFROADMAP_DATA_DIR", "LFROADMAP_CONFIG_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
)  # fmt: skip
"""The environment that decides what a screen looks like, and which roadmaps there are."""


class Skeleton:
    """The skeleton on the terminal of this program."""

    def __init__(self) -> None:
        self.is_shown = False
        """True from when it is drawn until the screen draws over it, or it is taken off."""
        self.name: str | None = None
        """The roadmap that the command line names; empty for the last one, None where no skeleton is kept."""
        self.fitted = False
        """True if a skeleton was shown at the start."""
        self._attributes: list[Any] | None = None
        self._mode = ""

    def show(self, argv: Sequence[str]) -> None:
        """Draw the skeleton of the roadmap that the command line opens, if there is one."""
        self.name = _opened(argv)
        if self.name is None or os.name != "posix" or not all(map(os.isatty, (0, 1, 2))):
            self.name = None
            return
        kept = _read()
        if kept is None:
            return
        start, name, text = kept
        if start != _start() or self.name not in ("", name):
            return
        self._take_terminal()
        keeps_order = text.startswith(_KEEPS_ORDER)
        self._mode = _ORDERS if keeps_order else ""
        self.is_shown = self.fitted = True
        # a line has the order of the moment in which it was made: those of the alternate screen are made now
        _write((_KEEPS_ORDER if keeps_order else "") + _SHOW + text)

    @property
    def modes(self) -> bytes | None:
        """What sets the modes that the skeleton needs; None where it is not shown."""
        if not self.is_shown:
            return None
        return (_KEEPS_ORDER if self._mode else _ORDERS).encode()

    def hand_over(self) -> bool:
        """Leave the alternate screen to who draws now; True if the terminal is on it."""
        was_shown, self.is_shown = self.is_shown, False
        return was_shown

    def take_off(self) -> None:
        """Give the terminal back as it was found; nothing is done a second time."""
        if self.hand_over():
            _write(self._mode + _HIDE, _LAST_PATIENCE)
        attributes, self._attributes = self._attributes, None
        if attributes is not None:
            _set(attributes)

    def _take_terminal(self) -> None:
        """Have keys wait unechoed, and give the terminal back when a signal ends the program."""
        import signal  # noqa: PLC0415 - only where a skeleton is shown
        import termios  # noqa: PLC0415 - POSIX only

        from lfroadmap.bidi.raw_keys import unbuffered  # noqa: PLC0415

        try:
            attributes = termios.tcgetattr(0)
            self._attributes = attributes  # before they change: Ctrl+C may come at any moment
            termios.tcsetattr(0, termios.TCSANOW, unbuffered(attributes))
        except termios.error:  # the terminal is gone, which the program finds out and reports
            self._attributes = None
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Give the terminal back, and end by the signal as if it had not been handled."""
        import signal  # noqa: PLC0415 - already loaded

        self.take_off()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


SKELETON = Skeleton()
"""The one of this program's terminal: a signal may have to take it off at any moment."""


def _opened(argv: Sequence[str]) -> str | None:
    """The roadmap that the command line opens; empty for the last one, None if it may do something else."""
    rest = argv[1:] if argv[:1] == ["open"] else argv
    if any(argument.startswith("-") for argument in argv) or len(rest) > 1:
        return None
    return rest[0] if rest else ""


def content_for(roadmap: str, text: str) -> str:
    """The content of the file that a next start like this one shows the rows from."""
    return "\n".join((_HEAD, _start(), roadmap, text))


def path() -> str | None:
    """The file; None where the person has no home."""
    home = os.environ.get("HOME")
    cache = os.environ.get("XDG_CACHE_HOME") or (home and f"{home}/.cache")
    return f"{cache}/lfroadmap/skeleton" if cache and cache.startswith("/") else None


def _start() -> str:
    """What has to be the same for the skeleton to fit."""
    size = os.get_terminal_size(2)
    return repr((size.columns, size.lines, [os.environ.get(name) for name in _VARIABLES]))


def _read() -> tuple[str, str, str] | None:
    """What identifies the start that the skeleton was kept of, its roadmap, and its rows as they are sent.

    None where there is none that can be shown.
    """
    file = path()
    try:
        content = _own_bytes(file) if file else b""
        head, start, name, text = content.decode().split("\n", 3)
    except (OSError, ValueError):  # none, or not ours: there is nothing to see until the program is loaded
        return None
    if head != _HEAD or len(content) > _MOST_BYTES or not _only_draws(text):
        return None
    return start, name, text


def _own_bytes(file: str) -> bytes:
    """The beginning of a file of this person's; raises OSError."""
    # a pipe must not hold up the start, nor may a link lead to another's file
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        return os.read(descriptor, _MOST_BYTES + 1) if os.fstat(descriptor).st_uid == os.geteuid() else b""
    finally:
        os.close(descriptor)


def _only_draws(text: str) -> bool:
    """True if the text moves the cursor, sets colors and shows characters, and does nothing else."""
    drawn = text.removeprefix(_KEEPS_ORDER)
    first, *others = drawn.split("\x1b[")
    rest = [first]
    for other in others:
        end = len(other) - len(other.lstrip("0123456789;"))
        if other[end : end + 1] not in ("m", "H"):
            return False
        rest.append(other[end + 1 :])
    return not any(char < " " or "\x7f" <= char <= "\x9f" for part in rest for char in part)


def _write(text: str, patience: float = _PATIENCE) -> None:
    """Send a text to the terminal, as far as it takes it."""
    import select  # noqa: PLC0415 - POSIX only

    data = text.encode()
    try:
        while data and select.select([], [2], [], patience)[1]:
            data = data[os.write(2, data[:_PIECE]) :]
    except OSError:  # the terminal is gone, which the program finds out and reports
        return


def _set(attributes: list[Any]) -> None:
    import termios  # noqa: PLC0415 - POSIX only

    try:
        termios.tcsetattr(0, termios.TCSANOW, attributes)
    except termios.error:  # a terminal that is gone needs nothing put back
        return
