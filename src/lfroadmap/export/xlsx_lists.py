"""Lists from which the cells of a workbook are chosen; other values may be typed as well."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lfroadmap.report.field_columns import field_columns
from lfroadmap.report.tables import Table
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.owner_shares import OwnerShares
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_LONGEST = 255
"""Most letters of a list that stands in the cells' own rule."""
_MORE = 200
"""Empty rows below a table that have its lists too."""


class Lists:
    """The lists of a roadmap's tables."""

    def __init__(self, roadmap: Roadmap, words: Words) -> None:
        labels = Labels(roadmap.template, words.language)
        people = OwnerShares()
        people.add(roadmap, labels, date.min)  # nothing is late: only the names count
        owners = [share.name for share in people.shares() if share.name]
        stages = [one_line(labels.of(stage)) for stage in roadmap.stages]
        better = [words("report.up"), words("report.down")]
        self._choices = {"owner": owners, "stage": stages, "better": better}
        for column in field_columns(roadmap, labels, words):
            self._choices[column.name] = [*map(one_line, column.options)]

    def add(self, sheet: Worksheet, table: Table) -> None:
        """Add the lists of a table that begins in the first row, as far as Excel takes them."""
        if table.name not in ("cards", "tasks", "kpis"):
            return
        for at, column in enumerate(table.columns):
            choices = [*dict.fromkeys(filter(None, self._choices.get(column, [])))]
            if choices and _is_list(choices):
                rule = {"validate": "list", "source": choices, "error_type": "information"}
                sheet.data_validation(1, at, len(table.rows) + _MORE, at, rule)


def _is_list(choices: list[str]) -> bool:
    """True if Excel takes the choices as a list: a comma would part them, a quote end it."""
    fits = len(",".join(choices).encode("utf-16-le")) // 2 <= _LONGEST
    return fits and not any(sign in choice for choice in choices for sign in ',;"')
