"""The attributes of a terminal that hands over keys at once; imports nothing but the system's own module."""

from __future__ import annotations

from typing import Any


def unbuffered(attributes: list[Any]) -> list[Any]:
    """The attributes of `termios.tcgetattr`, changed so that keys come at once, unechoed and untranslated.

    Ctrl+C still interrupts; no other key does anything but wait to be read: undo's Ctrl+Z does not suspend.
    """
    import termios  # noqa: PLC0415 - POSIX only

    changed = [*attributes[:6], list(attributes[6])]
    changed[0] &= ~(termios.ICRNL | termios.IXON)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    disabled = b"\0"  # what POSIX calls _POSIX_VDISABLE on Linux and the BSDs
    for key in (termios.VSUSP, termios.VQUIT):
        changed[6][key] = disabled
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    return changed
