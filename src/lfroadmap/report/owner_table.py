"""What each person answers for, as a plain table."""

from __future__ import annotations

from datetime import date

from lfroadmap.report.tables import Table
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.owner_shares import OwnerShares
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

COLUMNS = (
    "owner", "owned_cards", "done_tasks", "all_tasks", "progress", "late", "late_tasks", "next", "owned_kpis",
)  # fmt: skip
"""The columns in reading order; the head of one is the text `sheet.<column>`."""


def owner_table(roadmap: Roadmap, words: Words, today: date) -> Table | None:
    """A row for each person in order of appearance, then one for what has no owner.

    None if nothing has one.
    """
    people = OwnerShares()
    people.add(roadmap, Labels(roadmap.template, words.language), today)
    rows = tuple(
        (
            share.name or words("report.nobody"),
            "\n".join(map(one_line, share.cards)),
            share.done,
            share.total,
            share.tally.share,
            share.late_count.cards,
            share.late_count.tasks,
            iso_day(share.first_day) or "",
            "\n".join(map(one_line, share.kpis)),
        )
        for share in people.shares()
    )
    return Table("owners", COLUMNS, rows) if rows else None
