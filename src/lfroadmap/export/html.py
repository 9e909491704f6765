"""The report as one web page: self-contained, right to left where it should be, with the roadmap inside.

The only script is a block of JSON, which no browser runs, and on a page that is watched the one of `live`;
nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lfroadmap.bidi.cutting import cut
from lfroadmap.export import auto_reload, embedded_data
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.html_nodes import Walker
from lfroadmap.export.markup import NOTHING, Html, fill, joined, lines, sentence, style_sheet
from lfroadmap.export.page_colors import page_colors
from lfroadmap.report.measured import FLOWS
from lfroadmap.report.nodes import Report, Section, size
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import direction, one_line
from lfroadmap.words import Words

_REPORTED, _RENDERED = 0.3, 0.9
"""Progress when the report is made, and when it is rendered."""
_RUNNING = 80
"""Most signs of the title at the head of a printed page."""


@dataclass(frozen=True, slots=True)
class Made:
    """When and by whom a page is made, and for how long."""

    moment: datetime | None = None
    author: str = ""
    part: bool = False
    """True if something was left out of the embedded roadmap."""
    reload: int = 0
    """Seconds after which an open page looks for what is new; 0: never."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """The subject of a page and the texts of its frame, by their keys."""

    name: str
    """As the page names its kind for an import, which refuses it in its own words; empty for a roadmap's."""
    kicker: str
    parts: str
    """What the parts of its sections are, which are listed folded away."""
    made_by: str = ""
    style: str = ""
    """The name of a style sheet of its own, which follows that of all pages."""


ROADMAP_PAGE = PageKind("", "report.title", "report.all_cards")
COMPARISON_PAGE = PageKind("comparison", "compared.title", "report.all_cards", "compared.made_by")
PORTFOLIO_PAGE = PageKind(
    "portfolio", "portfolio.kicker", "portfolio.contents", "portfolio.made_by", "portfolio.css"
)


def page(
    report: Report,
    roadmap: Roadmap | None,
    words: Words,
    made: Made = Made(),
    pace: ExportProgress | None = None,
    *,
    kind: PageKind = ROADMAP_PAGE,
) -> Html:
    """The whole page; the same report, roadmap and way of making it give the same bytes.

    A comparison and a portfolio have no one roadmap to carry, and so nothing to load back.
    """
    sheets = "".join(_sheet(name) for name in ("page.css", kind.style) if name)
    css = style_sheet(page_colors() + sheets + _running_title(report, words))
    script = auto_reload.script(made.reload) if made.reload else NOTHING
    walker = Walker(words)
    pieces = (pace or ExportProgress()).track(
        walker.html(report.body, 2), sum(map(size, report.body)), _REPORTED, _RENDERED
    )
    main = lines(pieces)
    carried = embedded_data.text(roadmap, words.language, part=made.part) if roadmap else NOTHING
    return fill(
        _PAGE,
        language=report.language,
        direction=report.direction,
        head=_head(report, css, script),
        spare=embedded_data.spare(carried) if carried else embedded_data.page_kind(kind.name),
        skip=words("report.skip"),
        kicker=words(kind.kicker),
        title=walker.name(report.title),
        facts=joined(walker.html(report.facts, 1)),
        made=_made(walker, made),
        contents=_contents(report, walker, words(kind.parts)),
        main=main,
        foot=_foot(carried, made, words, kind),
        script=fill("<script>{script}</script>", script=script) if script else NOTHING,
    )


_PAGE: Final = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
{head}{spare}
</head>
<body>
<a class="skip" href="#main">{skip}</a>
<header>
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
{facts}
{made}{contents}
</header>
<main id="main">
{main}
</main>
{foot}{script}
</body>
</html>
"""
_HEAD: Final = """<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="lfroadmap">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{css}</style>
"""


def _sheet(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _head(report: Report, css: Html, script: Html) -> Html:
    scripts = fill(" script-src {pin};", pin=_pin(script)) if script else NOTHING
    policy = fill(
        "default-src 'none'; style-src {pin};{scripts} base-uri 'none'; form-action 'none'",
        pin=_pin(css),
        scripts=scripts,
    )
    return fill(_HEAD, policy=policy, title=one_line(report.title).strip() or "lfroadmap", css=css)


def _pin(text: Html) -> Html:
    """The source of a policy that allows this one style sheet or script, and no other."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return fill("'sha256-{digest}'", digest=digest)


def _running_title(report: Report, words: Words) -> str:
    """The style that prints the title, on one line, and the day at the head of each page, signs escaped."""
    title = one_line(report.title)
    shown = cut(title, _RUNNING)
    side, other = ("right", "left") if report.direction == "rtl" else ("left", "right")
    way = direction(shown, report.direction)
    style = f'@page{{@top-{side}{{content:"{_escaped(shown)}";direction:{way}}}}}\n'
    label, value = next(iter(report.facts.pairs), ("", None))
    if value is None or label != words("report.as_of"):
        return style
    return f'{style}@page{{@top-{other}{{content:"{_escaped(one_line(value.text))}";direction:ltr}}}}\n'


def _escaped(text: str) -> str:
    return re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _made(walker: Walker, made: Made) -> Html:
    """When the page was written, by whom, and the switch of one that reloads itself."""
    switch = auto_reload.switch(made.reload, walker.words) if made.reload else NOTHING
    if made.moment is None:
        return switch
    table, whole = walker.words.table, made.moment.replace(microsecond=0)
    moment = fill(
        '<time datetime="{iso}">{day} {clock}</time>',
        iso=whole.isoformat(),
        day=walker.words.day(whole.date()),
        clock=f"{whole:%H:%M}",
    )
    if made.author.strip():
        text = sentence(table["report.made_on_by"], moment=moment, author=walker.line(one_line(made.author)))
    else:
        text = sentence(table["report.made_at"], moment=moment)
    return fill('<p class="made">{text}</p>\n{switch}', text=text, switch=switch)


def _contents(report: Report, walker: Walker, parts_name: str) -> Html:
    parts = [part for part in report.body if isinstance(part, Section)]
    return fill(
        '<nav aria-label="{name}"><ul>{entries}</ul>{cards}</nav>',
        name=walker.words("report.contents"),
        entries=_entries(parts, walker),
        cards=_all_parts(parts, walker, parts_name),
    )


def _entries(parts: Iterable[Section], walker: Walker) -> Html:
    return joined(
        fill('<li><a href="#{id}">{name}</a></li>', id=part.id, name=walker.name(part.title))
        for part in parts
    )


def _all_parts(parts: Iterable[Section], walker: Walker, name: str) -> Html:
    """Every card under its stage, or roadmap of a portfolio, folded away; measures are no cards."""
    listed = (part for part in parts if part.id != FLOWS)
    stages = [(part, [card for card in part.body if isinstance(card, Section)]) for part in listed]
    lists = joined(
        fill("<li>{name}<ul>{cards}</ul></li>", name=walker.name(part.title), cards=_entries(cards, walker))
        for part, cards in stages
        if cards
    )
    folded = "<details><summary>{name}</summary><ol>{lists}</ol></details>"
    return fill(folded, name=name, lists=lists) if lists else NOTHING


def _foot(carried: Html, made: Made, words: Words, kind: PageKind) -> Html:
    """How to load the page back, and what is loaded."""
    if not carried:
        return fill("<footer><p>{text}</p></footer>", text=words(kind.made_by))
    return fill(
        '<footer><p>{text} <code dir="ltr">lfroadmap import FILE.html</code></p></footer>\n{data}',
        text=words("report.made_by_part" if made.part else "report.made_by"),
        data=embedded_data.block(carried),
    )
