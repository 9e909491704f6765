"""What waits, what is ready, and which cards move which KPIs, as facts of a report."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.nodes import Value
from lfroadmap.report.relation_texts import BLOCKED_SIGN, RelationTexts
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.scope import left_out_ids
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words


def relation_texts(
    roadmap: Roadmap,
    labels: Labels,
    words: Words,
    whole: Roadmap | None = None,
    everything: Roadmap | None = None,
) -> RelationTexts:
    """The relations of a roadmap that may be a part of a `whole`, and that of `everything`.

    What the whole has is named, what only everything has is counted.
    """
    outer = everything or whole or roadmap
    part = None if outer is roadmap else roadmap
    hidden = left_out_ids(outer, whole or roadmap)
    return RelationTexts(Dependencies(outer), labels, words, part, hidden=hidden)


def card_facts(texts: RelationTexts, card: Card) -> Iterator[tuple[str, Value]]:
    """What a card waits for, and the KPIs that it moves, each under its head."""
    found = texts.dependencies
    if targets := found.targets(card.id) or found.uncounted(card.id):
        state = texts.state(card.id)
        names = SafeText(texts.names(targets))
        note = str(state) if state and state.sign != BLOCKED_SIGN else ""
        shown = f"{BLOCKED_SIGN} {names}" if state and not note else names
        yield texts.words("relation.head_waits_for"), Value(shown, state.tone if state else "", note)
    if measures := texts.moves(card.id):
        yield texts.words("relation.head_moves"), Value(measures)


def roadmap_facts(texts: RelationTexts) -> Iterator[tuple[str, Value]]:
    """How much is blocked and ready, and the relations that do not count, each under its head."""
    if counted := texts.counted():
        yield texts.words("relation.head_waiting"), Value(counted, "risk" if texts.blocked else "")
    if circles := texts.circles:
        names = (
            texts.words("relation.uncounted", name=texts.name(node), target=texts.name(target))
            for node, target in circles
        )
        yield texts.words("relation.head_circles"), Value(SafeText("; ".join(map(one_line, names))), "late")
