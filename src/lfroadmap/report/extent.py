"""The report of a part of a roadmap: what it is a part of, in its head."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.report.formatting import format_extent
from lfroadmap.report.nodes import Facts, Report, Section, Value
from lfroadmap.words import Words


def with_extent(report: Report, owner: str, words: Words) -> Report:
    """The report labelled as a part; that of an owner, if one is named, without the table of all people."""
    extent = (words("report.extent"), Value(format_extent(owner, words), "risk"))
    body = tuple(
        each for each in report.body if not (owner and isinstance(each, Section) and each.id == "owners")
    )
    return replace(report, facts=Facts((*report.facts.pairs, extent)), body=body)
