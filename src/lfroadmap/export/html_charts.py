"""The charts of a page with the texts that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Callable

from lfroadmap.export.charts_svg import burn_up_svg, spark_svg, way_svg
from lfroadmap.export.markup import NOTHING, Html, fill, joined, marked
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.sparkline import Sparkline
from lfroadmap.report.way_value import WayValue
from lfroadmap.text import Direction, one_line

Line = Callable[[str], Html]
"""Returns a line of text as a page writes it."""
_DAY = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})\b")
"""A day as it is written in some language; it must not be torn at its signs."""
_DAY_BEGIN, _DAY_END = fill('<span class="day">'), fill("</span>")


def whole_days(html: Html) -> Html:
    """Days that no line end tears."""
    return marked(html, _DAY, _DAY_BEGIN, _DAY_END)


def figure(node: BurnUp, line: Line, base: Direction) -> Html:
    """A burn-up with its days and its figures below."""
    first, last = map(line, node.names)
    return fill(
        '<figure class="chart">{drawing}<figcaption><p class="days"><span>{first}</span> '
        "<span>{last}</span></p>{texts}</figcaption></figure>",
        drawing=burn_up_svg(node, base),
        first=first,
        last=last,
        texts=joined(fill("<p>{text}</p>", text=line(text)) for text in node.texts),
    )


def sparkline(node: Sparkline, line: Line, base: Direction) -> Html:
    """A sparkline between its measure and its figures."""
    return fill(
        "<li><span>{name}</span> {drawing} <small>{text}</small></li>",
        name=line(one_line(node.name)),
        drawing=spark_svg(node, base),
        text=whole_days(line(one_line(node.text()))),
    )


def way(node: WayValue, base: Direction) -> Html:
    """The bar of a standing; nothing where it has no share of the way."""
    return way_svg(node.standing, base) if node.standing.percent is not None else NOTHING
