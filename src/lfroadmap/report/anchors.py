"""Where in a report a stage or a card stands: an address that is the same in every export of a roadmap.

It is made of the node's id, which never changes, so that a link that somebody sent leads to the same card
when others were put before it. The report's own parts have names that begin with neither word.
"""

from __future__ import annotations

import hashlib
import re

from lfroadmap.roadmap.model import Card, Stage

STAGE, CARD = "stage-", "card-"
"""How the addresses of all stages and of all cards begin."""
LONGEST = 120
"""Most signs that are taken of an id; of a longer one a fingerprint stands for the rest."""

_SPECIAL = re.compile(r"[^A-Za-z0-9.-]")


def anchor(node: Stage | Card) -> str:
    """The node's address: an id in HTML and, as it is, the fragment of a link.

    No two nodes have one: a sign that is not a plain letter or digit stands as its number between
    underscores, the underscore itself too, and a tilde comes before a fingerprint only.
    """
    told = _SPECIAL.sub(lambda sign: f"_{ord(sign[0]):x}_", node.id[: LONGEST + 1])
    if len(told) > LONGEST:
        fingerprint = hashlib.sha256(node.id.encode("utf-8", "surrogatepass")).hexdigest()
        told = f"{told[:LONGEST]}~{fingerprint}"
    return (STAGE if isinstance(node, Stage) else CARD) + told
