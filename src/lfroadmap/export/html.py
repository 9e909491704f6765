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
from html import escape
from pathlib import Path

from lfroadmap.export import auto_reload, embedded_data
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.export.html_nodes import Walker
from lfroadmap.report.nodes import Report, Section, size
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import direction, one_line
from lfroadmap.words import SafeText, Words

_TOLD, _DRAWN = 0.3, 0.9
"""Shares of the work that are done when the report is told, and when it is drawn."""
_RUNNING = 80
"""Most signs of the title at the head of a printed page."""


@dataclass(frozen=True, slots=True)
class Made:
    """When and by whom a page is made, and for how long."""

    moment: datetime | None = None
    author: str = ""
    part: bool = False
    """Whether something was left out of the roadmap that it carries."""
    reload: int = 0
    """Seconds after which an open page looks for what is new; 0: never."""


def page(
    report: Report,
    roadmap: Roadmap | None,
    words: Words,
    made: Made = Made(),
    pace: ExportProgress | None = None,
) -> str:
    """The whole page; the same report, roadmap and way of making it give the same bytes.

    A comparison has no one roadmap to carry, and so nothing to load back.
    """
    css = Path(__file__).with_name("page.css").read_text("utf-8") + _running_title(report)
    script = auto_reload.script(made.reload) if made.reload else ""
    walker = Walker(words)
    pieces = (pace or ExportProgress()).track(
        walker.html(report.body, 2), sum(map(size, report.body)), _TOLD, _DRAWN
    )
    main = "\n".join(pieces)
    carried = embedded_data.text(roadmap, words.language, part=made.part) if roadmap else ""
    return f"""<!DOCTYPE html>
<html lang="{report.language}" dir="{report.direction}">
<head>
{_head(report, css, script)}{embedded_data.spare(carried) if carried else ""}
</head>
<body>
<a class="skip" href="#main">{escape(words("report.skip"))}</a>
<header>
<p class="kicker">{escape(words("report.title" if roadmap else "compared.title"))}</p>
<h1>{walker.name(report.title)}</h1>
{"".join(walker.html(report.facts, 1))}
{_made(walker, made)}{_contents(report, walker)}
</header>
<main id="main">
{main}
</main>
{_foot(carried, made, words)}{f"<script>{script}</script>" if script else ""}
</body>
</html>
"""


def _head(report: Report, css: str, script: str) -> str:
    direction_runs = f" script-src {_pin(script)};" if script else ""
    policy = f"default-src 'none'; style-src {_pin(css)};{direction_runs} base-uri 'none'; form-action 'none'"
    return f"""<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="lfroadmap">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escape(one_line(report.title).strip() or "lfroadmap")}</title>
<style>{css}</style>
"""


def _pin(text: str) -> str:
    """What lets this one style or script be, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _running_title(report: Report) -> str:
    """The title at the head of each printed page, one line of it; its signs are escaped one by one."""
    title = one_line(report.title)
    shown = title if len(title) <= _RUNNING else title[: _RUNNING - 1].rstrip() + "…"
    text = re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", shown)
    side = "right" if report.direction == "rtl" else "left"
    way = direction(shown, report.direction)
    return f'@page{{@top-{side}{{content:"{text}";direction:{way}}}}}\n'


def _made(walker: Walker, made: Made) -> str:
    """When the page was written, by whom, and whether it keeps itself current."""
    switch = auto_reload.switch(made.reload, walker.words) if made.reload else ""
    if made.moment is None:
        return switch
    words, author, whole = walker.words, made.author, made.moment.replace(microsecond=0)
    told = f'<time datetime="{whole.isoformat()}">{words.day(whole.date())} {whole:%H:%M}</time>'
    name = walker.line(one_line(author))
    by = words("report.made_on_by", moment=SafeText(told), author=SafeText(name)) if author.strip() else ""
    return f'<p class="made">{by or words("report.made_at", moment=SafeText(told))}</p>\n{switch}'


def _contents(report: Report, walker: Walker) -> str:
    parts = [part for part in report.body if isinstance(part, Section)]
    name = escape(walker.words("report.contents"))
    return f'<nav aria-label="{name}"><ul>{_entries(parts, walker)}</ul>{_all_cards(parts, walker)}</nav>'


def _entries(parts: Iterable[Section], walker: Walker) -> str:
    return "".join(f'<li><a href="#{part.id}">{walker.name(part.title)}</a></li>' for part in parts)


def _all_cards(parts: Iterable[Section], walker: Walker) -> str:
    """Every card under its stage, folded away."""
    lists = ""
    for part in parts:
        cards = [card for card in part.body if isinstance(card, Section)]
        if cards:
            lists += f"<li>{walker.name(part.title)}<ul>{_entries(cards, walker)}</ul></li>"
    name = escape(walker.words("report.all_cards"))
    return f"<details><summary>{name}</summary><ol>{lists}</ol></details>" if lists else ""


def _foot(carried: str, made: Made, words: Words) -> str:
    """How to load the page back, and what is loaded."""
    if not carried:
        return f"<footer><p>{escape(words('compared.made_by'))}</p></footer>"
    told = words("report.made_by_part" if made.part else "report.made_by")
    how = f'{escape(told)} <code dir="ltr">lfroadmap import FILE.html</code>'
    return f"<footer><p>{how}</p></footer>\n{embedded_data.block(carried)}"
