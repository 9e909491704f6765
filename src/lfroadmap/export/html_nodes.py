"""The nodes of a report as HTML.

Every text goes through `clean` and `escape`, and none stands in an attribute except a link that is plain
http, and the heads of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatchmethod
from html import escape

from lfroadmap.bidi.marks import LRI, PDI
from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.export.timeline_svg import lane, scale
from lfroadmap.report.anchors import STAGE
from lfroadmap.report.nodes import Checklist, Facts, Grid, Item, Meter, Meters, Section, Value
from lfroadmap.report.timeline import Timeline
from lfroadmap.text import clean, one_line
from lfroadmap.words import SafeText, Words

_LINK = re.compile(r"https?://[^\s<>\"'`]+")
_QUOTED = re.compile(f"{LRI}([^{LRI}{PDI}]*){PDI}")
"""A left-to-right piece of a sentence, as `Words` marks it."""
_DAY = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})\b")
"""A day as it is written in some language; it must not be torn at its signs."""


class Walker:
    """Walks the nodes of a report and yields their HTML."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.base = words.direction

    def line(self, text: str) -> str:
        """One line of clean text, escaped, isolated where it runs against the page."""
        way, parts = direction_runs(text, self.base)
        inner = "".join(
            f'<bdi dir="ltr">{escape(part.text)}</bdi>' if part.apart else escape(part.text) for part in parts
        )
        return inner if way == self.base or not text else f'<bdi dir="{way}">{inner}</bdi>'

    def name(self, text: str) -> str:
        """What something is headed and linked by: never nothing, which nobody could read or follow."""
        name = one_line(text)
        return self.line(name) if name.strip() else "—"

    def sentence(self, told: SafeText) -> str:
        """A sentence of ours, which reads as the page does; what it quotes is kept whole."""
        pieces = enumerate(map(one_line, _QUOTED.split(told)))
        return "".join(
            f'<bdi dir="ltr">{escape(text)}</bdi>' if n % 2 else escape(text) for n, text in pieces
        )

    def text(self, text: str) -> str:
        """Text of any number of lines."""
        if isinstance(text, SafeText) and _QUOTED.search(text):
            return self.sentence(text)
        return "<br>".join(self.line(line) for line in clean(text).split("\n"))

    @singledispatchmethod
    def html(self, node: object, level: int) -> Iterator[str]:
        """The HTML of a node whose heading, if any, is of `level`."""
        raise TypeError(f"no HTML for {type(node).__name__}")

    @html.register
    def _all(self, nodes: tuple, level: int) -> Iterator[str]:  # type: ignore[type-arg]
        for node in nodes:
            yield from self.html(node, level)

    @html.register
    def _section(self, node: Section, level: int) -> Iterator[str]:
        tag = "section" if level == 2 else "article"  # only the large parts are landmarks
        is_stage = node.id.startswith(STAGE)
        kind = "" if level > 2 else f' class="{"stage" if is_stage else "part"}"'
        title = self.name(node.title)
        # two stages may have one name; two landmarks must not
        named = "" if is_stage else f' aria-labelledby="title-{node.id}"'
        yield f'<{tag} id="{node.id}"{kind}{named}>'
        yield f'<h{level} id="title-{node.id}"><a href="#{node.id}">{title}</a></h{level}>'
        yield from self.html(node.body, level + 1)
        yield f"</{tag}>"

    @html.register
    def _meter(self, node: Meter, level: int) -> Iterator[str]:
        yield f'<p class="{_meter_class(node)}">{self.bar(node)}</p>'

    @html.register
    def _meters(self, node: Meters, level: int) -> Iterator[str]:
        rows = (
            f'<li class="{_meter_class(row)}"><a href="#{row.target}">{self.bar(row)}</a></li>'
            for row in node.rows
        )
        yield f'<ul class="meters">{"".join(rows)}</ul>'

    def bar(self, node: Meter) -> str:
        """A bar with its name and figures; the bar itself says nothing that the text does not."""
        done, total = node.tally
        name = f'<span class="name">{self.name(node.label)}</span>'
        figures = (
            f'<bdi dir="ltr" class="count">{done}/{total}</bdi> <bdi dir="ltr" class="percent">{{}}</bdi>'
        )
        bar = f'<progress max="{max(total, 1)}" value="{done}" aria-hidden="true"></progress>'
        return f"{name} {bar} {figures.format(f'{node.tally.percent}%')}{self.health(node.health)}"

    def health(self, value: Value | None) -> str:
        """The health beside a bar: a sign and words in their own color."""
        if value is None:
            return ""
        return f' <small class="health {value.style}">{self.line(one_line(value.text))}</small>'

    @html.register
    def _facts(self, node: Facts, level: int) -> Iterator[str]:
        yield "<dl>"
        for label, value in node.pairs:
            inner = "".join(self.html(value, level))
            yield f"<div><dt>{self.line(one_line(label))}</dt><dd>{inner}</dd></div>"
        yield "</dl>"

    @html.register
    def _value(self, node: Value, level: int) -> Iterator[str]:
        text = _whole_days(self.text(node.text))
        if node.direction == "ltr":
            text = f'<bdi dir="ltr">{escape(one_line(node.text))}</bdi>'
        if _LINK.fullmatch(node.text):
            text = f'<a href="{escape(clean(node.text))}" rel="noopener noreferrer">{text}</a>'
        elif node.target:
            text = f'<a href="#{node.target}">{text.strip() or "—"}</a>'
        if not node.note:
            yield f'<span class="{node.style}">{text}</span>' if node.style else text
            return
        yield f'{text} <small class="{node.style or "note"}">{self.text(node.note)}</small>'

    @html.register
    def _checklist(self, node: Checklist, level: int) -> Iterator[str]:
        yield '<ul class="checks">'
        for item in node.items:
            yield self.item(item)
        yield "</ul>"

    def item(self, item: Item) -> str:
        """A task whose mark has a spoken name."""
        state = "done" if item.done else "open"
        name = escape(self.words(f"report.{state}"))
        mark = f'<span class="mark" role="img" aria-label="{name}">{"☑" if item.done else "☐"}</span>'
        style = f' class="{item.style}"' if item.style else ""
        note = f" <small{style}>{_whole_days(self.line(one_line(item.note)))}</small>" if item.note else ""
        return f'<li class="{state}">{mark} <span>{self.text(item.text)}</span>{note}</li>'

    @html.register
    def _timeline(self, node: Timeline, level: int) -> Iterator[str]:
        yield f'<div class="timeline">{scale(node, self.base)}<ol>'
        for one in node.lanes:
            name, note = self.line(one_line(one.label)), self.line(one_line(one.note))
            late = ' class="red"' if len(one.marks) == 1 and one.marks[0].late else ""
            yield f"<li><span>{name}</span> <small{late}>{note}</small>{lane(node, one, self.base)}</li>"
        yield "</ol></div>"

    @html.register
    def _grid(self, node: Grid, level: int) -> Iterator[str]:
        heads = [escape(one_line(head)) for head in node.heads]
        top = "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield f"<table><thead><tr>{top}</tr></thead><tbody>"
        for row in node.rows:
            cells = ["".join(self.html(value, level)) for value in row]
            rest = zip(heads[1:], cells[1:], strict=True)
            named = "".join(f'<td data-label="{head}"><div>{cell}</div></td>' for head, cell in rest)
            yield f'<tr><th scope="row">{cells[0]}</th>{named}</tr>'
        yield "</tbody></table>"


def _meter_class(meter: Meter) -> str:
    return f"meter {meter.tone}" if meter.tone else "meter"


def _whole_days(html: str) -> str:
    """Days that no line end tears."""
    return _DAY.sub(r'<span class="day">\g<0></span>', html)
