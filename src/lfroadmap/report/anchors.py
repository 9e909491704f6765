"""The address of a stage, a card, a calculator or a roadmap in a report, which is the same in every export.

It is made of the node's id, which never changes, so that a shared link leads to the same card
when others were put before it. The report's own parts have names that begin with no prefix.
"""

from __future__ import annotations

import hashlib
import re

from lfroadmap.roadmap.model import Calculator, Card, Stage

STAGE, CARD, CALCULATOR, ROADMAP = "stage-", "card-", "calculator-", "roadmap-"
"""Prefixes of the addresses of all stages, cards, calculators and roadmaps."""
MAX_ID = 120
"""Maximal number of characters of an id; of a longer one the rest is replaced by a fingerprint."""

_SPECIAL = re.compile(r"[^A-Za-z0-9.-]")


def anchor(node: Stage | Card | Calculator) -> str:
    """The node's address: an id in HTML and, unchanged, the fragment of a link.

    It is unique: a character other than a plain letter or digit is written as its number between underscores,
    the underscore itself too, and a tilde comes before a fingerprint only.
    """
    prefixes = {Stage: STAGE, Card: CARD, Calculator: CALCULATOR}
    return prefixes[type(node)] + _escaped(node.id)


def roadmap_anchor(library_id: str) -> str:
    """The address of a roadmap in a portfolio, by its id in the library; two copies have one id inside."""
    return ROADMAP + _escaped(library_id)


def _escaped(node_id: str) -> str:
    escaped = _SPECIAL.sub(lambda match: f"_{ord(match[0]):x}_", node_id[: MAX_ID + 1])
    if len(escaped) > MAX_ID:
        fingerprint = hashlib.sha256(node_id.encode("utf-8", "surrogatepass")).hexdigest()
        escaped = f"{escaped[:MAX_ID]}~{fingerprint}"
    return escaped
