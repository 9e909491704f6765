"""The classes of edits that are written to a file."""

from __future__ import annotations

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edit import Edit, NoChange
from lfroadmap.roadmap.edits import Bind, Rename, SetField, SetKpi, SetRow, SetTask, SpliceText, Tick
from lfroadmap.roadmap.structure import Add, Move, Remove

EDITS: tuple[type[Edit], ...] = (
    Add, Batch, Bind, Move, NoChange, Remove, Rename, ResetAll, SetField, SetKpi, SetRow, SetTask, SpliceText,
    Tick,
)  # fmt: skip
