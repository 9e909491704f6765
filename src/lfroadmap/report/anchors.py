"""The address of a stage or a card in a report, which is the same in every export of a roadmap.

It is made of the node's id, which never changes, so that a shared link leads to the same card
when others were put before it. The report's own parts have names that begin with neither prefix.
"""

from __future__ import annotations

import hashlib
import re

from lfroadmap.roadmap.model import Card, Stage

STAGE, CARD = "stage-", "card-"
"""Prefixes of the addresses of all stages and of all cards."""
MAX_ID = 120
"""Maximal number of characters of an id; of a longer one the rest is replaced by a fingerprint."""

_SPECIAL = re.compile(r"[^A-Za-z0-9.-]")


def anchor(node: Stage | Card) -> str:
    """The node's address: an id in HTML and, unchanged, the fragment of a link.

    It is unique: a character other than a plain letter or digit is written as its number between underscores,
    the underscore itself too, and a tilde comes before a fingerprint only.
    """
    escaped = _SPECIAL.sub(lambda match: f"_{ord(match[0]):x}_", node.id[: MAX_ID + 1])
    if len(escaped) > MAX_ID:
        fingerprint = hashlib.sha256(node.id.encode("utf-8", "surrogatepass")).hexdigest()
        escaped = f"{escaped[:MAX_ID]}~{fingerprint}"
    return (STAGE if isinstance(node, Stage) else CARD) + escaped
