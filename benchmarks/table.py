"""The rows of the table: a measure of one program against the same of another, with its interval."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DRAWS = 2000
"""How often samples are drawn anew for an interval."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure; `limit` is the most that is allowed of the ratio or, without `against`, of the median."""

    label: str
    unit: str
    samples: Sequence[float]
    against: Sequence[float] = ()
    limit: float | None = None

    @property
    def median(self) -> float:
        """The middle of the samples."""
        return statistics.median(self.samples)

    def interval(self) -> tuple[float, float, float]:
        """The ratio of the medians, and the ends of its 95 % interval by bootstrap."""
        chance = random.Random(1)
        drawn = sorted(
            statistics.median(chance.choices(self.samples, k=len(self.samples)))
            / statistics.median(chance.choices(self.against, k=len(self.against)))
            for _ in range(DRAWS)
        )
        ratio = self.median / statistics.median(self.against)
        return ratio, drawn[DRAWS // 40], drawn[-DRAWS // 40]

    def formatted(self) -> str:
        """The row as a line."""
        head = f"{self.label:<46}{self.median:>9.1f} {self.unit:<6}{len(self.samples):>4}"
        if not self.against:
            return f"{head}{_verdict(self.median, self.limit)}"
        ratio, low, high = self.interval()
        against = f"{statistics.median(self.against):>9.1f} {len(self.against):>4}"
        return f"{head}{against}   ×{ratio:5.2f}  {low:5.2f}–{high:5.2f}{_verdict(ratio, self.limit)}"


HEAD = f"{'measure':<46}{'median':>9} {'':<6}{'n':>4}{'against':>9} {'n':>4}   {'ratio':>6}  {'95 %':^11}"


def _verdict(value: float, limit: float | None) -> str:
    if limit is None:
        return ""
    return f"   ≤ {limit:g} {'✓' if value <= limit else '✗'}"


def lines(title: str, rows: Sequence[Row]) -> Iterator[str]:
    """A part of the table."""
    yield f"\n{title}\n{HEAD}"
    yield from (row.formatted() for row in rows)
