"""Markup that is safe in a page or picture, as a type: text becomes `Html` only by being escaped.

`Html` is made in this module alone: by `fill`, `escaped`, `joined` and what escapes for the places in which
other rules hold. A template is a literal of the source. So a type checker proves that no text comes into a
page as it is; `tests/export/test_markup.py` checks the two rules that it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import LiteralString


class Html(str):
    """Markup, of HTML or SVG, in which every text is escaped."""

    __slots__ = ()


NOTHING = Html()


def fill(template: LiteralString, **parts: Html | str | float) -> Html:
    """A template with its `{names}` filled: markup as it is, text escaped, numbers as the template says."""
    return Html(template.format_map({name: _safe(part) for name, part in parts.items()}))


def _safe(part: Html | str | float) -> Html | str | float:
    return escape(part) if isinstance(part, str) and not isinstance(part, Html) else part


def sentence(template: str, **parts: Html) -> Html:
    """A sentence of the interface as markup, with markup in its `{places}`."""
    return Html(escape(template).format_map(parts))


def escaped(text: str) -> Html:
    """A text as markup."""
    return Html(escape(text))


def joined(parts: Iterable[Html], between: Html = NOTHING) -> Html:
    """Markup, one piece behind the other."""
    return Html(between.join(parts))


def lines(parts: Iterable[Html]) -> Html:
    """Markup, a piece a line."""
    return Html("\n".join(parts))


def marked(markup: Html, pattern: re.Pattern[str], before: Html, after: Html) -> Html:
    """Markup with more around each match of a pattern; the pattern matches nothing that stands in a tag."""
    return Html(pattern.sub(lambda match: f"{before}{match[0]}{after}", markup))


def style_sheet(css: str) -> Html:
    """A style sheet for the inside of `<style>`, which no character of it can end."""
    return Html(css.replace("<", "\\3c "))


def script(source: str) -> Html:
    """A script for the inside of `<script>`, which no string of it can end."""
    return Html(re.sub(r"<(?=[/!])", r"\\u003c", source))


def data(json: str) -> Html:
    """JSON for the inside of `<script>`, and of any element: no character has a meaning in HTML."""
    return Html(json.translate(_JSON_SAFE))


_JSON_SAFE = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})
