"""The manual page, made of the same texts that `help` and `guide` print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lfroadmap.cli.commands import COMMANDS
from lfroadmap.text import without_direction_marks
from lfroadmap.words import Words

TOPICS = ("names", "dates")
"""What `help` explains beside the commands."""
_WIDTH = 72
"""Columns of a topic of the guide; `man` indents it by seven more."""
_MACRO = re.compile(r"^[.']", re.MULTILINE)


def manual(words: Words) -> str:
    """The manual page in roff, for `man`."""
    from lfroadmap import __version__

    about, _, usage = words("cli.help").strip("\n").partition("\n\n")
    parts = [f'.TH LFROADMAP 1 "" "lfroadmap {__version__}"', *_section("NAME", f"lfroadmap - {about}")]
    parts += _section("SYNOPSIS", usage)
    for name in (*COMMANDS, *TOPICS):
        parts += _section(name.upper(), words(f"cli.help_{name}"))
    parts += _guide(words)
    return "\n".join(parts) + "\n"


def _guide(words: Words) -> Iterator[str]:
    """The topics of the guide, a section each."""
    from lfroadmap.report.plain_text import plain_text
    from lfroadmap.usecases.guide import topics
    from lfroadmap.usecases.guide_report import topic_report

    for topic in topics(words.language):
        yield from _section(f"GUIDE: {topic.id.upper()}", plain_text(topic_report(topic, words), _WIDTH))


def _section(title: str, text: str) -> list[str]:
    """A section whose lines stay as they are."""
    lines = without_direction_marks(text).strip("\n").replace("\\", "\\e").replace("-", "\\-")
    return [f'.SH "{title}"', ".nf", _MACRO.sub(lambda found: f"\\&{found[0]}", lines), ".fi"]
