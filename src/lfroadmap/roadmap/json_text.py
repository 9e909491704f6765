"""The one writer of JSON that leaves the program: on standard output, in exports, and in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from lfroadmap.roadmap.surrogates import storable

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
"""DEL and C1, which steer a terminal, direction marks and overrides, line separators, lone surrogates, and
noncharacters. The encoder itself escapes C0."""


def json_text(
    value: object,
    *,
    compact: bool = False,
    keep_surrogates: bool = False,
    through: Callable[[Iterable[str]], Iterable[str]] | None = None,
) -> str:
    r"""The value as JSON; invisible characters, and those that steer a terminal, are written as `\u` escapes.

    A lone surrogate, which a strict reader refuses, becomes U+FFFD; with `keep_surrogates` it is escaped, so
    that a path whose bytes are not UTF-8 can still be opened. `through` passes the encoder's chunks on.
    """
    form = json.JSONEncoder(
        ensure_ascii=False, indent=None if compact else 2, separators=(",", ":") if compact else None
    )
    text = "".join(through(form.iterencode(value))) if through else form.encode(value)
    text = text if keep_surrogates else storable(text)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
