"""Filters of measures: the values that they can have, and those that no customer has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lfroadmap.errors import UsageError
from lfroadmap.flows.parameters import Filters
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.kinds import shown
from lfroadmap.flows.sources.reading import Reading
from lfroadmap.flows.sources.relation import ROWS, choose_segment
from lfroadmap.flows.sources.segments import MOST_CANDIDATES, MOST_VALUES, Segment
from lfroadmap.roadmap.import_words import head_key

Run = Callable[[str], Sequence[Sequence[object]]]
"""The rows of a query."""
MOST_CHANNELS = 50
"""Channels to choose from."""
_MOST = 2000
"""Values among which one that is named is looked for."""
_FIRST_CHANNELS = f"""WITH ranked AS (
  SELECT customer, channel, row_number() OVER (PARTITION BY customer ORDER BY moment, seq) AS place
  FROM events
)
SELECT channel, count(*) AS customers
FROM ranked
WHERE place = 1 AND channel IS NOT NULL
GROUP BY channel
ORDER BY customers DESC, channel
LIMIT {_MOST}
"""


def first_channels(run: Run) -> list[str]:
    """The channels by which customers came, those of most customers first."""
    return [str(row[0]) for row in run(_FIRST_CHANNELS)]


def segment_values(run: Run, column: str = "segment", relation: str = "events") -> list[str]:
    """The values of a column, the most frequent first."""
    rows = run(
        f"SELECT {column}, count(*) AS occurrences FROM {relation} WHERE {column} IS NOT NULL"
        f" GROUP BY {column} ORDER BY occurrences DESC, {column} LIMIT {_MOST}"
    )
    return [str(row[0]) for row in rows]


def apply_segment(engine: Engine, reading: Reading, filters: Filters) -> Filters:
    """Let the column of the segment be that of the events; returns the filters with its heading.

    Raises UsageError where it was not read.
    """
    if filters.segment is None:
        return filters
    found = _segment(reading, filters.segment_column)
    choose_segment(engine, found.column)
    return replace(filters, segment_column=found.head)


def _segment(reading: Reading, typed: str) -> Segment:
    key = head_key(typed)
    for segment in reading.segments:
        if typed == segment.head or (key and key == head_key(segment.head)):
            return segment
    roles = [pairs[typed] for file in reading.files if typed in (pairs := dict(file.columns.pairs))]
    for segment in reading.segments:
        if segment.head in roles:
            return segment
    heads = ", ".join(segment.head for segment in reading.segments) or "—"
    raise UsageError("flows_segment_head", head=typed[:80], heads=heads)


def check_filters(run: Run, filters: Filters) -> None:
    """Raise UsageError for a channel by which no customer came, and for a value that the column has not."""
    if filters.channel is not None and filters.channel not in (known := first_channels(run)):
        raise UsageError("flows_no_channel", channel=filters.channel[:80], channels=shown(known))
    if filters.segment is not None and filters.segment not in (known := segment_values(run)):
        raise UsageError(
            "flows_no_segment", head=filters.segment_column, value=filters.segment[:80], values=shown(known)
        )


def candidates(engine: Engine, reading: Reading) -> dict[str, list[str]]:
    """The columns that were read as segments, with values to choose from."""
    return {
        segment.head: segment_values(engine.execute, segment.column, ROWS)[:MOST_VALUES]
        for segment in reading.segments[:MOST_CANDIDATES]
    }
