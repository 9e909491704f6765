"""A portfolio as a page to send."""

from __future__ import annotations

from lfroadmap.export.html import PORTFOLIO_PAGE, Made, page
from lfroadmap.report.portfolio_report import portfolio_report
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.words import Words

ROWS = 1_000
"""Late and next things on a page at most; the others are counted."""


def portfolio_page(portfolio: Portfolio, words: Words, thresholds: Thresholds, made: Made) -> bytes:
    """The page; the same portfolio and way of making it give the same bytes."""
    report = portfolio_report(portfolio, words, thresholds, rows=ROWS, details=True)
    return page(report, None, words, made, kind=PORTFOLIO_PAGE).encode()
