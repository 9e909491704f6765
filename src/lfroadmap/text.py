"""Cleaning of typed text for display, and the direction of a line.

Data keeps the text as typed; every output format (screen, page, spreadsheet) shows `clean(text)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from lfroadmap.bidi.marks import DIRECTION_MARKS, EMBEDDINGS, ISOLATES, LRM, RLM

Direction = Literal["rtl", "ltr"]

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b\][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC
    r"|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"
)
"""Complete sequences only: an incomplete one loses its escape character and hides no text after it."""


class _Shown(dict[int, str | None]):
    """Code -> what is shown for it; the two thousand surrogates need no entries."""

    def __missing__(self, code: int) -> str:
        if 0xD800 <= code < 0xE000:
            return "\ufffd"
        raise KeyError(code)


_SHOWN = _Shown(
    {
        **{code: chr(0x2400 + code) for code in range(32) if code not in (9, 10)},
        9: " ",
        0x7F: "␡",
        **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
        **dict.fromkeys(
            [*map(ord, EMBEDDINGS + ISOLATES), *range(0x206A, 0x2070)]
        ),  # including the deprecated ones
        0x2028: "\n",
        0x2029: "\n",
        0xFEFF: None,
        0xFFFE: "\ufffd",
        0xFFFF: "\ufffd",
    }
)
_NO_MARKS = dict.fromkeys(map(ord, DIRECTION_MARKS))
_INVISIBLE = dict.fromkeys(map(ord, f"{DIRECTION_MARKS}\u200b\u200c\u200d\u2060\u00ad\ufeff"))
_SUSPECT = re.compile(r"[^\n -~\u00a0-\u00ff\u0590-\u05ff\u2010-\u2027]")


def clean(text: str) -> str:
    """The text for display: no escape sequences or direction overrides, controls made visible.

    Line feeds stay, a tab becomes a space, LRM and RLM stay; Windows and old Mac line ends become line feeds.
    """
    if not _SUSPECT.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPES.sub("", text).translate(_SHOWN)


def without_direction_marks(text: str) -> str:
    """The text without invisible characters that only set a direction."""
    return text if text.isascii() else text.translate(_NO_MARKS)


def one_line(text: str) -> str:
    """`clean` text with its lines joined by spaces."""
    return " ".join(clean(text).split("\n")) if "\n" in text or _SUSPECT.search(text) else text


def match_key(text: str) -> str:
    """The text for matching: without case, invisible characters and differences in spacing."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()).casefold()
    return " ".join(clean(text).translate(_INVISIBLE).split()).casefold()


def direction(text: str, base: Direction) -> Direction:
    """The direction of a line on a page of direction `base`.

    A line with any Hebrew on a right-to-left page is right to left though it begins with `API`; one with
    no strong letter (`-2.6%`, `31.3.2026`) or with Latin only is left to right.
    """
    strong = [d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")]
    has_rtl = any(d != "L" for d in strong)
    return "rtl" if has_rtl and (base == "rtl" or strong[0] != "L") else "ltr"


def arrow(before: str, after: str, base: Direction) -> str:
    """The arrow between an old and a new text in a line of direction `base`.

    Between two texts of the opposite direction it would be drawn as a part of them, and point the wrong way;
    an invisible mark prevents that.
    """
    symbol, mark = ("←", RLM) if base == "rtl" else ("→", LRM)
    return f"{mark}{symbol}" if base not in (direction(before, base), direction(after, base)) else symbol


def base_mark(base: Direction) -> str:
    """The mark that gives a line the direction `base`, whatever its first letter is."""
    return RLM if base == "rtl" else LRM


def dots(texts: Iterable[str], base: Direction) -> str:
    """Texts with dots between them, in the order of a line of direction `base` whatever their letters are."""
    mark = base_mark(base)
    joined = " · ".join(texts)
    ways = {way for char in joined if (way := unicodedata.bidirectional(char)) in ("L", "R", "AL")}
    if not ways <= ({"R", "AL"} if base == "rtl" else {"L"}):
        joined = joined.replace(" · ", f" {mark}· ")
    return joined if direction(joined, base) == base else f"{mark}{joined}"


def dotted(first: str, second: str, base: Direction) -> str:
    """Two texts with a dot between them in a line of direction `base`, in which they stay apart.

    Two Latin texts in a right-to-left line would be drawn as one, the second at the right end of the first.
    """
    return f"{first} {RLM if base == 'rtl' else ''}· {second}"
