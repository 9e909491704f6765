"""The charts of a page with the texts that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.export.charts_svg import burn_up_svg, spark_svg, way_svg
from lfroadmap.export.markup import NOTHING, Html, fill, joined
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.sparkline import Sparkline
from lfroadmap.report.way_value import WayValue
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.export.html_nodes import Walker


def figure(walker: Walker, node: BurnUp) -> Html:
    """A burn-up with its days and its figures below."""
    first, last = map(walker.line, node.names)
    return fill(
        '<figure class="chart">{drawing}<figcaption><p class="days"><span>{first}</span> '
        "<span>{last}</span></p>{texts}</figcaption></figure>",
        drawing=burn_up_svg(node, walker.base),
        first=first,
        last=last,
        texts=joined(fill("<p>{text}</p>", text=walker.line(text)) for text in node.texts),
    )


def sparkline(walker: Walker, node: Sparkline) -> Html:
    """A sparkline between its measure and its figures."""
    return fill(
        "<li><span>{name}</span> {drawing} <small>{text}</small></li>",
        name=walker.line(one_line(node.name)),
        drawing=spark_svg(node, walker.base),
        text=walker.days(walker.line(one_line(node.text()))),
    )


def way(walker: Walker, node: WayValue) -> Html:
    """The bar of a standing; nothing where it has no share of the way."""
    return way_svg(node.standing, walker.base) if node.standing.percent is not None else NOTHING
