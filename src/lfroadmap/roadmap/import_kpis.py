"""Importing the row of a KPI: by its id, else by its measure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.import_index import ImportIndex, text_of
from lfroadmap.roadmap.import_notes import new_reading, reading_edits, readings_of
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.table_rows import Outcome, Remark, Row, RowImport, UnusableRow, matches, parse_better

_FIGURES = ("baseline", "target", "current")
_FIGURE = re.compile(r"([-+−]?)(\d{1,15}(?:\.\d+)?)\s*(%?)", re.ASCII)


class KpiImport:
    """The import of one row of a KPI."""

    def __init__(self, index: ImportIndex, row: Row) -> None:
        self.index, self.row, self.cells = index, row, _with_unit(row.cells)
        self.remarks = [*row.remarks]

    def result(self) -> RowImport:
        """What the row comes to; raises UnusableRow."""
        kpi = self._find()
        return self._add() if kpi is None else self._change(kpi)

    def _find(self) -> Kpi | None:
        known = self.index.kpis.get(text_of(self.cells, "id"))
        if known is not None:
            return known
        found = self.index.kpis_with(self.cells.get("measure", ""))
        if len(found) > 1:
            raise UnusableRow("which_one")
        return found[0] if found else None

    def _change(self, kpi: Kpi) -> RowImport:
        self.index.claim(kpi.id)
        edits: list[Edit] = []
        changes: list[tuple[str, str, str]] = []
        for column in KPI_COLUMNS:
            value = self._value(column, self._unit(kpi))
            if value is None or self._is_there(kpi, column, value):
                continue
            if column == "measure" and text_of(self.cells, "id") != kpi.id:
                continue  # found by its text, which is then the same
            edits.append(SetKpi(kpi.id, column, value))
            changes.append((column, self.index.labels.kpi(kpi, column), value))
        dated, values = reading_edits(kpi, self.index, self.cells, self.remarks)
        edits, changes = [*edits, *dated], [*changes, *values]
        outcome: Outcome = "change" if edits else "same"
        title = self.index.labels.kpi(kpi, "measure") or kpi.id
        return RowImport(
            "kpis",
            self.row.line,
            outcome,
            title,
            tuple(changes),
            edits=tuple(edits),
            remarks=tuple(self.remarks),
        )

    def _unit(self, kpi: Kpi | None) -> str:
        return text_of(self.cells, "unit") or (kpi.unit if kpi else "")

    def _is_there(self, kpi: Kpi, column: str, value: str) -> bool:
        """True if the KPI has the value, in any language, or a figure that a spreadsheet shows so."""
        texts = self._texts(kpi, column)
        if matches(value, *texts):
            return True
        if column not in _FIGURES:
            return False
        same = next((text for text in texts if _same_figure(text, value, kpi.unit)), None)
        if same is not None and same.strip()[:1] == "+":
            self.remarks.append(Remark("sign_lost", column, same))
        return same is not None

    def _texts(self, kpi: Kpi, column: str) -> tuple[str, ...]:
        own = str(getattr(kpi, column) or "")
        return (own, *(labels.kpi(kpi, column) for labels in self.index.all_labels))

    def _value(self, column: str, unit: str) -> str | None:
        """The row's value for a column; None where it has none."""
        value = self.cells.get(column)
        if value is None or (column == "measure" and not value.strip()):
            return None
        if column == "better":
            return self._better(value)
        if column in _FIGURES and unit == "%" and (found := _FIGURE.fullmatch(value.strip())):
            return value if found[1] else found[2]
        return value

    def _better(self, value: str) -> str | None:
        better = parse_better(value)
        if better is None:
            self.remarks.append(Remark("bad_better", "better", value))
        return better

    def _add(self) -> RowImport:
        values = {column: self._value(column, self._unit(None)) or "" for column in KPI_COLUMNS}
        if not values["measure"].strip():
            raise UnusableRow("no_words")
        new_id, dated = self.index.setting.new_id, readings_of(self.cells, self.remarks)
        kpi = Kpi(
            new_id(), values["measure"], values["definition"], values["target"], values["owner"],
            values["baseline"], values["current"], parse_better(values["better"]) or "", values["unit"],
            tuple(new_reading(self.index, each) for each in dated),
        )  # fmt: skip
        filled = tuple(
            (column, "", value) for column, value in values.items() if value and column != "measure"
        )
        edits = (Add(kpi, self.index.roadmap.id),)
        what = values["measure"].strip()
        return RowImport("kpis", self.row.line, "add", what, filled, edits=edits, remarks=tuple(self.remarks))


def _with_unit(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells with the unit that the figures carry, where the column of the unit is empty."""
    if text_of(cells, "unit") or "unit" not in cells:
        return cells
    found = [_FIGURE.fullmatch(text_of(cells, column)) for column in ("baseline", "current")]
    is_share = any(figure and figure[3] and not figure[1] for figure in found)
    return {**cells, "unit": "%"} if is_share else cells


def _same_figure(text: str, value: str, unit: str) -> bool:
    """True if a spreadsheet that opened one as a number would show the other: `+10%` and `10.00%`."""
    here, there = _FIGURE.fullmatch(text.strip()), _FIGURE.fullmatch(value.strip())
    if here is None or there is None or float(here[2]) != float(there[2]):
        return False
    is_negative = (found[1] in ("-", "−") for found in (here, there))
    percents = {found[3] for found in (here, there)}
    return len(set(is_negative)) == 1 and (len(percents) == 1 or unit == "%")


def kpi_import(index: ImportIndex, row: Row) -> RowImport:
    """The import of one row of a KPI; raises UnusableRow."""
    return KpiImport(index, row).result()
