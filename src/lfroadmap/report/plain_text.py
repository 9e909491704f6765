"""A report as plain text in the order of reading, for what is no terminal."""

from __future__ import annotations

import io

from rich.console import Console

from lfroadmap.report.nodes import Report


def plain_text(report: Report, width: int) -> str:
    """The lines of a report in so many columns, without blanks at their ends."""
    file = io.StringIO()
    Console(file=file, width=width, highlight=False).print(report)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())
