"""The nodes of a report as HTML.

Every text goes through `clean`, and into `Html`; none stands in an attribute except a link that is plain
http, and the heads of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatchmethod
from itertools import chain

from lfroadmap.bidi.marks import LRI, PDI
from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.export.charts_svg import share_svg
from lfroadmap.export.folding import behind, folded, runs_of_done
from lfroadmap.export.html_charts import figure, sparkline, way, whole_days
from lfroadmap.export.html_links import anchor, in_direction, left_to_right, linked_line
from lfroadmap.export.markup import NOTHING, Html, escaped, fill, joined
from lfroadmap.export.timeline_svg import lane, scale
from lfroadmap.report.anchors import STAGE
from lfroadmap.report.bars import Bars
from lfroadmap.report.burn_up import BurnUp
from lfroadmap.report.burn_up_grid import burn_up_grid
from lfroadmap.report.nodes import Checklist, Facts, Grid, Item, Meter, Meters, Notes, Section, Value
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.report.timeline import Timeline
from lfroadmap.report.values import EMPTY
from lfroadmap.report.way_value import WayValue
from lfroadmap.roadmap.links import address_of, links_in
from lfroadmap.text import clean, one_line
from lfroadmap.words import SafeText, Words

_BEGIN = 3
"""Parts of a stage that stay with its heading on paper: its bar, and a row of cards."""
_QUOTED = re.compile(f"{LRI}([^{LRI}{PDI}]*){PDI}")
"""A left-to-right piece of a sentence, as `Words` marks it."""


class Walker:
    """Walks the nodes of a report and yields their HTML."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.base = words.direction
        self._marks = {done: self._mark(done=done) for done in (False, True)}

    def line(self, text: str) -> Html:
        """One line of clean text, isolated where it runs against the page."""
        way, parts = direction_runs(text, self.base)
        inner = joined(left_to_right(part.text) if part.apart else escaped(part.text) for part in parts)
        return in_direction(inner, way, self.base) if text else inner

    def name(self, text: str) -> Html:
        """The text of a heading or link: never empty, as nobody could read or follow that."""
        name = one_line(text)
        return self.line(name) if name.strip() else _NAMELESS

    def sentence(self, text: SafeText) -> Html:
        """A sentence of the interface, which reads as the page does; its quotations are kept whole."""
        pieces = enumerate(map(one_line, _QUOTED.split(text)))
        return joined(left_to_right(piece) if n % 2 else escaped(piece) for n, piece in pieces)

    def text(self, text: str) -> Html:
        """Text of any number of lines."""
        if isinstance(text, SafeText) and _QUOTED.search(text):
            return joined(map(self.sentence, map(SafeText, text.split("\n"))), _BREAK)
        return joined(map(self.line, clean(text).split("\n")), _BREAK)

    @singledispatchmethod
    def html(self, node: object, level: int) -> Iterator[Html]:
        """The HTML of a node whose heading, if any, is of `level`."""
        raise TypeError(f"no HTML for {type(node).__name__}")

    @html.register
    def _all(self, nodes: tuple, level: int) -> Iterator[Html]:  # type: ignore[type-arg]
        for node in nodes:
            yield from self.html(node, level)

    @html.register
    def _section(self, node: Section, level: int) -> Iterator[Html]:
        tag = "article" if level == 3 else "section"
        is_stage = node.id.startswith(STAGE)
        kind = fill(' class="{kind}"', kind="stage" if is_stage else "part") if level == 2 else NOTHING
        # two stages may have one name; two landmarks must not
        is_named = level <= 3 and not is_stage  # a section without a name is no landmark
        named = fill(' aria-labelledby="title-{id}"', id=node.id) if is_named else NOTHING
        yield fill('<{tag} id="{id}"{kind}{named}>', tag=tag, id=node.id, kind=kind, named=named)
        if is_stage:  # its heading is never alone at the foot of a page
            yield fill('<div class="begin">')
        yield fill(
            '<h{level} id="title-{id}"><a href="#{id}">{title}</a></h{level}>',
            level=level,
            id=node.id,
            title=self.name(node.title),
        )
        if is_stage:
            yield from self.html(node.body[:_BEGIN], level + 1)
            yield fill("</div>")
        rest = node.body[_BEGIN:] if is_stage else node.body
        yield from folded(node, self.html(rest, level + 1), self.words)
        yield fill("</{tag}>", tag=tag)

    @html.register
    def _meter(self, node: Meter, level: int) -> Iterator[Html]:
        yield fill('<p class="{style}">{bar}</p>', style=_meter_class(node), bar=self.bar(node))

    @html.register
    def _meters(self, node: Meters, level: int) -> Iterator[Html]:
        yield fill(
            '<ul class="meters">{rows}</ul>', rows=joined(_linked_bar(self, each) for each in node.rows)
        )

    def bar(self, node: Meter) -> Html:
        """A bar with its name and figures; the bar itself says nothing that the text does not."""
        done, total = node.tally
        return fill(
            '<span class="name">{name}</span> '
            '<progress max="{most}" value="{done}" aria-hidden="true"></progress> '
            '<bdi dir="ltr" class="count">{done}/{total}</bdi> '
            '<bdi dir="ltr" class="percent">{percent}%</bdi>{health}',
            name=self.name(node.label),
            most=max(total, 1),
            done=done,
            total=total,
            percent=node.tally.percent,
            health=_health(self, node.health),
        )

    @html.register
    def _facts(self, node: Facts, level: int) -> Iterator[Html]:
        yield fill("<dl>")
        for label, value in node.pairs:
            inner = joined(self.html(value, level))
            name = self.line(one_line(label))
            kind = fill(' class="none"') if value == EMPTY else NOTHING
            yield fill("<div{kind}><dt>{name}</dt><dd>{inner}</dd></div>", kind=kind, name=name, inner=inner)
        yield fill("</dl>")

    @html.register
    def _value(self, node: Value, level: int) -> Iterator[Html]:
        if node.target:
            text = whole_days(self.text(node.text))
            text = fill(
                '<a href="#{target}">{text}</a>',
                target=node.target,
                text=text if text.strip() else _NAMELESS,
            )
        elif node.direction == "ltr":
            address = address_of(one_line(node.text))
            text = anchor(address, self.base) if address else left_to_right(one_line(node.text))
        else:
            text = _linked(self, node.text) if links_in(node.text) else whole_days(self.text(node.text))
        if node.note:
            note, style = self.text(node.note), node.style or "note"
            yield fill('{text} <small class="{style}">{note}</small>', text=text, style=style, note=note)
        else:
            styled = '<span class="{style}">{text}</span>'
            yield fill(styled, style=node.style, text=text) if node.style else text
        if isinstance(node, WayValue):
            yield way(node, self.base)

    @html.register
    def _checklist(self, node: Checklist, level: int) -> Iterator[Html]:
        for items, is_done in runs_of_done(node.items):
            rows = chain((fill('<ul class="checks">'),), map(self.item, items), (fill("</ul>"),))
            yield from behind(self.words.plural("report.done_tasks", len(items)), rows) if is_done else rows

    def item(self, item: Item) -> Html:
        """A task whose mark has a spoken name."""
        text = _linked(self, item.text)
        if not item.note:
            return joined((self._marks[item.done], text, _ITEM_END))
        note = fill(
            "</span> <small{style}>{note}</small></li>",
            style=fill(' class="{style}"', style=item.style) if item.style else NOTHING,
            note=whole_days(self.line(one_line(item.note))),
        )
        return joined((self._marks[item.done], text, note))

    @html.register
    def _notes(self, node: Notes, level: int) -> Iterator[Html]:
        yield fill('<p class="note">{title}</p><ul class="notes">', title=self.line(one_line(node.title)))
        for entry in node.entries:
            about = fill(" <small>{about}</small>", about=self.line(one_line(entry.about)))
            yield fill(
                "<li><small>{origin}</small> <span>{text}{about}</span></li>",
                origin=whole_days(self.line(one_line(entry.origin))),
                text=_linked(self, entry.text),
                about=about if entry.about else NOTHING,
            )
        yield fill("</ul>")

    def _mark(self, *, done: bool) -> Html:
        """The beginning of a task: its mark, and what the mark is called."""
        state = "done" if done else "open"
        return fill(
            '<li class="{state}"><span class="mark" role="img" aria-label="{name}">{mark}</span> <span>',
            state=state,
            name=self.words(f"report.{state}"),
            mark="☑" if done else "☐",
        )

    @html.register
    def _timeline(self, node: Timeline, level: int) -> Iterator[Html]:
        yield fill('<div class="timeline">{scale}<ol>', scale=scale(node, self.base))
        for one in node.lanes:
            late = len(one.marks) == 1 and one.marks[0].late
            yield fill(
                "<li{task}><span>{name}</span> <small{late}>{note}</small>{lane}</li>",
                task=fill(' class="task"') if one.level else NOTHING,
                name=self.line(one_line(one.label)),
                late=fill(' class="late"') if late else NOTHING,
                note=self.line(one_line(one.note)),
                lane=lane(node, one, self.base),
            )
        yield fill("</ol></div>")

    @html.register
    def _chart(self, node: BurnUp | Sparklines, level: int) -> Iterator[Html]:
        if isinstance(node, BurnUp):
            yield figure(node, self.line, self.base)
            yield from self.html(burn_up_grid(node, self.words), level)
        else:
            rows = joined(sparkline(each, self.line, self.base) for each in node.rows)
            yield fill('<ul class="sparks">{rows}</ul>', rows=rows)

    @html.register
    def _grid(self, node: Grid | Bars, level: int) -> Iterator[Html]:
        drawn = iter([share_svg(row, self.base) for row in node.rows] if isinstance(node, Bars) else ())
        node = Grid.of(node.heads, node.cells()) if isinstance(node, Bars) else node
        heads = [escaped(one_line(head)) for head in node.heads]
        top = joined(fill('<th scope="col">{head}</th>', head=head) for head in heads)
        yield fill("<table><thead><tr>{top}</tr></thead>", top=top)
        for title, rows in node.groups():
            name = self.name(title) if title else NOTHING
            yield fill(_GROUP, span=len(heads), title=name) if title else fill("<tbody>")
            for row in rows:
                first, *rest = (joined(self.html(value, level)) for value in row)
                cell = '<td data-label="{head}"><div>{cell}</div></td>'
                cells = joined(
                    fill(cell, head=head, cell=each) for head, each in zip(heads[1:], rest, strict=True)
                )
                named = fill('<th scope="row">{first}{bar}</th>', first=first, bar=next(drawn, NOTHING))
                yield fill("<tr>{named}{cells}</tr>", named=named, cells=cells)
            yield fill("</tbody>")
        yield fill("</table>")


_GROUP = '<tbody><tr class="group"><th colspan="{span}" scope="rowgroup">{title}</th></tr>'
_NAMELESS = escaped("—")
_BREAK = fill("<br>")
_ITEM_END = fill("</span></li>")


def _linked(walker: Walker, text: str) -> Html:
    """Typed text of any number of lines, whose addresses are links."""
    if ":" not in text:
        return walker.text(text)
    lines = ((line, links_in(line)) for line in clean(text).split("\n"))
    return joined(
        (linked_line(line, links, walker.base) if links else walker.line(line) for line, links in lines),
        _BREAK,
    )


def _health(walker: Walker, value: Value | None) -> Html:
    """The health beside a bar: a sign and words in their own color."""
    if value is None:
        return NOTHING
    return fill(
        ' <small class="health {style}">{text}</small>',
        style=value.style,
        text=walker.line(one_line(value.text)),
    )


def _linked_bar(walker: Walker, node: Meter) -> Html:
    """A bar of several, which leads to the part that it is about where it has one on the page."""
    row = '<li class="{style}"><a href="#{target}">{bar}</a></li>'
    if not node.target:
        row = '<li class="{style}"><div>{bar}</div></li>'
    return fill(row, style=_meter_class(node), target=node.target, bar=walker.bar(node))


def _meter_class(meter: Meter) -> str:
    return f"meter {meter.tone}" if meter.tone else "meter"
