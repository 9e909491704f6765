"""The one writer of JSON that leaves the program: on the standard output, in exports, and in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from lfroadmap.roadmap.surrogates import storable

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
"""DEL and C1, which steer a terminal, direction marks and overrides, separators of lines, halves of surrogate
pairs, and what is no character. The encoder itself escapes C0."""


def json_text(
    value: object,
    *,
    compact: bool = False,
    keep_halves: bool = False,
    through: Callable[[Iterable[str]], Iterable[str]] | None = None,
) -> str:
    r"""The value as JSON; what is not seen, or steers a terminal, is written as a `\u` escape.

    Half a surrogate pair, which a strict reader refuses, becomes U+FFFD; with `keep_halves` it is escaped, so
    that a path whose bytes are no UTF-8 can still be opened. `through` passes the encoder's pieces on.
    """
    form = json.JSONEncoder(
        ensure_ascii=False, indent=None if compact else 2, separators=(",", ":") if compact else None
    )
    text = "".join(through(form.iterencode(value))) if through else form.encode(value)
    text = text if keep_halves else storable(text)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
