"""What waits, what is ready, and which cards move which KPIs, in words of a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.model import Card, Kpi, Node, Roadmap
from lfroadmap.roadmap.progress import card_tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import SafeText, Words

BLOCKED_SIGN, READY_SIGN, CIRCLE_SIGN = "◆", "◇", "▲"
_NAMED = 3
"""Most names in a line."""


class WaitingState(NamedTuple):
    """How it stands with what a card or a task waits for."""

    sign: str
    text: str
    tone: ToneName
    short: str
    """The names alone, for where there is no room for more; the text where there are none."""

    def __str__(self) -> str:
        return f"{self.sign} {self.text}"


class RelationTexts:
    """The relations of a roadmap in one language; `part` is what is shown of it, and counted.

    What is `hidden`, as in stages that were left out, is counted and never named.
    """

    def __init__(
        self,
        dependencies: Dependencies,
        labels: Labels,
        words: Words,
        part: Roadmap | None = None,
        *,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.dependencies, self.labels, self.words = dependencies, labels, words
        self._part, self._hidden = part, hidden

    @cached_property
    def _shown(self) -> Mapping[str, Node] | None:
        """The cards and tasks of the part by their ids; None where all is shown."""
        if self._part is None:
            return None
        found: dict[str, Node] = {}
        for card in (card for stage in self._part.stages for card in stage.cards):
            found |= {card.id: card, **{task.id: task for task in card.tasks}}
        return found

    def _count(self, ids: Sequence[str]) -> int:
        shown = self._shown
        return len(ids) if shown is None else sum(node in shown for node in ids)

    @property
    def circles(self) -> list[tuple[str, str]]:
        """What does not wait, and what for, as far as it is shown."""
        shown = self._shown
        return [pair for pair in self.dependencies.circles if shown is None or pair[0] in shown]

    def name(self, node_id: str) -> str:
        """The name of a card or a task that a relation names; its id where it is gone."""
        if node_id in self._hidden:
            return self.words("relation.something_outside")
        node: Node | None = self.dependencies.node(node_id)
        return one_line(self.labels.of(node)) if node else node_id

    def state(self, node_id: str) -> WaitingState | None:
        """Blocked with what it waits for, ready, or in a circle; None for what waits for nothing."""
        if waits := self.dependencies.waits(node_id):
            names = self.names(waits, most=_NAMED)
            return WaitingState(BLOCKED_SIGN, self.words("relation.waits_for", names=names), "risk", names)
        if circle := self.dependencies.uncounted(node_id):
            names = self.names(circle, most=_NAMED)
            return WaitingState(CIRCLE_SIGN, self.words("relation.circle", names=names), "late", names)
        if self.dependencies.is_ready(node_id):
            ready = self.words("relation.ready")
            return WaitingState(READY_SIGN, ready, "done", ready)
        return None

    def moves(self, card_id: str) -> str:
        """The measures of the KPIs that a card moves; empty for none."""
        moved = self.dependencies.moves(card_id)
        kpis = [kpi for kpi in self.dependencies.roadmap.kpis if kpi.id in moved]
        return SafeText(", ".join(one_line(self.labels.of(kpi)) for kpi in kpis))

    @property
    def blocked(self) -> int:
        """The number of blocked cards and tasks."""
        return self._count(self.dependencies.blocked)

    def counted(self) -> str:
        """How much is blocked, and how much ready: `◆ 3 blocked, ◇ 2 ready`; empty for none."""
        counts = (
            ("relation.blocked", BLOCKED_SIGN, self.blocked),
            ("relation.ready_count", READY_SIGN, self._count(self.dependencies.ready)),
        )
        return SafeText(
            ", ".join(f"{sign} {self.words.plural(key, number)}" for key, sign, number in counts if number)
        )

    def moved_by(self, kpi: Kpi) -> str:
        """The cards that move a KPI with how far they are; empty for none."""
        found, own = self.dependencies.moved_by(kpi.id), self._shown or {}
        ids = [card_id for card_id in found if card_id not in self._hidden]
        cards = [own.get(card_id) or self.dependencies.node(card_id) for card_id in ids]
        shown = [
            f"{one_line(self.labels.of(card))} {card_tally(card).percent}%"
            for card in cards
            if isinstance(card, Card)
        ]
        if not found:
            return ""
        return self.words("relation.moved_by", cards=self._listed(shown, len(found) - len(ids), _NAMED))

    def names(self, ids: Sequence[str], *, most: int = 0) -> str:
        """The names of cards and tasks, so many of them at most, and how many there are more and outside."""
        shown = [node_id for node_id in ids if node_id not in self._hidden]
        return self._listed([*map(self.name, shown)], len(ids) - len(shown), most)

    def _listed(self, names: Sequence[str], outside: int, most: int) -> str:
        first, rest = names[: most or None], len(names) - most if most else 0
        listed = [", ".join(first) + (f" +{rest}" if rest > 0 else "")] if first else []
        listed += [self.words.plural("relation.outside", outside)] if outside else []
        return SafeText(", ".join(listed))
