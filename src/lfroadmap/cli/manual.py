"""The manual page, made of the same texts that `help` prints."""

from __future__ import annotations

import re

from lfroadmap.cli.commands import COMMANDS
from lfroadmap.text import without_direction_marks
from lfroadmap.words import Words

TOPICS = ("names", "dates")
"""What `help` explains beside the commands."""
_MACRO = re.compile(r"^[.']", re.MULTILINE)


def manual(words: Words) -> str:
    """The manual page in roff, for `man`."""
    from lfroadmap import __version__

    about, _, usage = words("cli.help").strip("\n").partition("\n\n")
    parts = [f'.TH LFROADMAP 1 "" "lfroadmap {__version__}"', *_section("NAME", f"lfroadmap - {about}")]
    parts += _section("SYNOPSIS", usage)
    for name in (*COMMANDS, *TOPICS):
        parts += _section(name.upper(), words(f"cli.help_{name}"))
    return "\n".join(parts) + "\n"


def _section(title: str, text: str) -> list[str]:
    """A section whose lines stay as they are."""
    lines = without_direction_marks(text).strip("\n").replace("\\", "\\e").replace("-", "\\-")
    return [f'.SH "{title}"', ".nf", _MACRO.sub(lambda found: f"\\&{found[0]}", lines), ".fi"]
