"""Printing a report: in order on a terminal, in the order of reading into a file or pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext

if TYPE_CHECKING:
    from rich.console import Console

    from lfroadmap.report.nodes import Report


def print_report(context: AnyContext, report: Report) -> None:
    """Print a report on the standard output."""
    from rich.console import Console

    from lfroadmap.report.theme import THEME

    console = Console(theme=THEME, highlight=False)
    if console.is_terminal:
        _print_in_order(context, report, console)
    else:
        console.print(report)


def _print_in_order(context: AnyContext, report: Report, console: Console) -> None:
    """Print a report as this terminal shows it in the right order."""
    from lfroadmap.bidi.dialect import PLAIN
    from lfroadmap.bidi.printing import any_rtl, print_lines, visual_lines
    from lfroadmap.cli.terminal import detect_for_print, dialect_of, lasting

    lines, bidi = visual_lines(report.whole(), context.words.direction, console), context.settings.bidi
    dialect = PLAIN
    if any_rtl(lines):  # or there is nothing to ask the terminal
        dialect = lasting(dialect_of(bidi, detect_for_print() if bidi == "auto" else None))
    print_lines(lines, dialect, console)
