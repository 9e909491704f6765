"""The report as one web page: self-contained, right to left where it should be, with the roadmap inside.

The only script is a block of JSON, which no browser runs; nothing is fetched; every text goes through
`clean` and `escape`, and none stands in an attribute except a link that is plain http.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import singledispatchmethod
from html import escape
from pathlib import Path

from lfroadmap.export.lanes import lane, scale
from lfroadmap.export.lines import runs
from lfroadmap.export.snapshot import BLOCK
from lfroadmap.report.nodes import (
    Checklist,
    Facts,
    Grid,
    Item,
    Meter,
    Meters,
    Report,
    Section,
    Value,
)
from lfroadmap.report.timeline import Timeline
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import clean, one_line
from lfroadmap.words import Told, Words

_LINK = re.compile(r"https?://[^\s<>\"'`]+")
_JSON_SAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def page(
    report: Report, roadmap: Roadmap | None, words: Words, moment: datetime | None = None, author: str = ""
) -> str:
    """The whole page; the same report, roadmap, time of writing and author give the same bytes.

    A comparison has no one roadmap to carry, and so nothing to load back.
    """
    css = Path(__file__).with_name("page.css").read_text("utf-8") + _running_title(report)
    walker = _Walker(words)
    main = "\n".join(walker.html(report.body, 2))
    head = _head(report, css)
    return f"""<!DOCTYPE html>
<html lang="{report.language}" dir="{report.direction}">
<head>
{head}
</head>
<body>
<a class="skip" href="#main">{escape(words("report.skip"))}</a>
<header>
<p class="kicker">{escape(words("report.title" if roadmap else "compared.title"))}</p>
<h1>{walker.name(report.title)}</h1>
{"".join(walker.html(report.facts, 1))}
{_made(walker, moment, author)}{_contents(report, walker)}
</header>
<main id="main">
{main}
</main>
{_foot(roadmap, words)}
</body>
</html>
"""


def _head(report: Report, css: str) -> str:
    pin = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{pin}'; base-uri 'none'; form-action 'none'"
    return f"""<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="lfroadmap">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escape(one_line(report.title).strip() or "lfroadmap")}</title>
<style>{css}</style>"""


def _running_title(report: Report) -> str:
    """The title at the head of each printed page; whatever stands in it is escaped, sign by sign."""
    text = re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", one_line(report.title))
    side = "right" if report.direction == "rtl" else "left"
    return f'@page{{@top-{side}{{content:"{text}"}}}}\n'


def _made(walker: _Walker, moment: datetime | None, author: str) -> str:
    """When the page was written, and by whom."""
    if moment is None:
        return ""
    words, whole = walker.words, moment.replace(microsecond=0)
    told = f'<time datetime="{whole.isoformat()}">{words.day(whole.date())} {whole:%H:%M}</time>'
    name = walker.line(one_line(author))
    by = words("report.made_on_by", moment=Told(told), author=Told(name)) if author.strip() else ""
    return f'<p class="made">{by or words("report.made_at", moment=Told(told))}</p>\n'


def _contents(report: Report, walker: _Walker) -> str:
    parts = [part for part in report.body if isinstance(part, Section)]
    name = escape(walker.words("report.contents"))
    return f'<nav aria-label="{name}"><ul>{_entries(parts, walker)}</ul>{_all_cards(parts, walker)}</nav>'


def _entries(parts: Iterable[Section], walker: _Walker) -> str:
    return "".join(f'<li><a href="#{part.id}">{walker.name(part.title)}</a></li>' for part in parts)


def _all_cards(parts: Iterable[Section], walker: _Walker) -> str:
    """Every card under its stage, folded away."""
    lists = ""
    for part in parts:
        cards = [card for card in part.body if isinstance(card, Section)]
        if cards:
            lists += f"<li>{walker.name(part.title)}<ul>{_entries(cards, walker)}</ul></li>"
    name = escape(walker.words("report.all_cards"))
    return f"<details><summary>{name}</summary><ol>{lists}</ol></details>" if lists else ""


def _foot(roadmap: Roadmap | None, words: Words) -> str:
    """How to load the page back, and what is loaded."""
    if roadmap is None:
        return f"<footer><p>{escape(words('compared.made_by'))}</p></footer>"
    how = f'{escape(words("report.made_by"))} <code dir="ltr">lfroadmap import FILE.html</code>'
    block = f'<script type="application/json" id="{BLOCK}">{_block(roadmap, words)}</script>'
    return f"<footer><p>{how}</p></footer>\n{block}"


def _block(roadmap: Roadmap, words: Words) -> str:
    """The roadmap as JSON in which no sign can end the block."""
    text = json.dumps(schema.document(roadmap, words.language), ensure_ascii=False, separators=(",", ":"))
    return schema.escape(text).translate(_JSON_SAFE)


class _Walker:
    """Walks the nodes of a report and yields their HTML."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.base = words.direction

    def line(self, text: str) -> str:
        """One line of clean text, escaped, isolated where it runs against the page."""
        way, parts = runs(text, self.base)
        inner = "".join(
            f'<bdi dir="ltr">{escape(part.text)}</bdi>' if part.apart else escape(part.text) for part in parts
        )
        return inner if way == self.base or not text else f'<bdi dir="{way}">{inner}</bdi>'

    def name(self, text: str) -> str:
        """What something is headed and linked by: never nothing, which nobody could read or follow."""
        name = one_line(text)
        return self.line(name) if name.strip() else "—"

    def text(self, text: str) -> str:
        """Text of any number of lines."""
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
        kind = "" if level > 2 else ' class="stage"' if _holds_sections(node) else ' class="part"'
        title = self.name(node.title)
        # two stages may have one name; two landmarks must not
        named = "" if "stage" in kind else f' aria-labelledby="{node.id}-title"'
        yield f'<{tag} id="{node.id}"{kind}{named}>'
        yield f'<h{level} id="{node.id}-title">{title}</h{level}>'
        yield from self.html(node.body, level + 1)
        yield f"</{tag}>"

    @html.register
    def _meter(self, node: Meter, level: int) -> Iterator[str]:
        yield f'<p class="meter {node.tone}">{self.bar(node)}</p>'

    @html.register
    def _meters(self, node: Meters, level: int) -> Iterator[str]:
        rows = (
            f'<li class="meter {row.tone}"><a href="#{row.target}">{self.bar(row)}</a></li>'
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
        return f"{name} {bar} {figures.format(f'{node.tally.percent}%')}"

    @html.register
    def _facts(self, node: Facts, level: int) -> Iterator[str]:
        yield "<dl>"
        for label, value in node.pairs:
            inner = "".join(self.html(value, level))
            yield f"<div><dt>{self.line(one_line(label))}</dt><dd>{inner}</dd></div>"
        yield "</dl>"

    @html.register
    def _value(self, node: Value, level: int) -> Iterator[str]:
        text = self.text(node.text)
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
        note = f" <small>{self.line(one_line(item.note))}</small>" if item.note else ""
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


def _holds_sections(node: Section) -> bool:
    return any(isinstance(part, Section) for part in node.body)
