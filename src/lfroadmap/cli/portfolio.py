"""`portfolio`: all roadmaps of the library together, printed."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, option
from lfroadmap.cli.output import print_json
from lfroadmap.machine import now

ROWS = 20
"""Late and next things that are printed at most; JSON has all of them."""


@dataclass(frozen=True, slots=True)
class PortfolioOptions:
    """The options of `portfolio`."""

    owner: str | None = option("--owner")
    json: bool = flag("--json")


def portfolio(context: CommandContext[PortfolioOptions]) -> int:
    """Print where all roadmaps stand, what is late and next in them, and what each person has."""
    from lfroadmap.usecases import portfolio as usecase

    options, words, library = context.options, context.words, context.library
    thresholds = context.settings.thresholds
    found = usecase.portfolio(library, words, now().date(), thresholds.risk_days, options.owner)
    status = context.report_unread(found.unreadable, shown=not options.json)
    if options.json:
        print_json(usecase.plain(found, library, words))
    elif not found.rows:
        context.say("cli.none", path=library.folder)
    else:
        from lfroadmap.report.portfolio_report import portfolio_report

        context.output.report(portfolio_report(found, words, thresholds, rows=ROWS))
    return status


PORTFOLIO = Command(PortfolioOptions, portfolio)
