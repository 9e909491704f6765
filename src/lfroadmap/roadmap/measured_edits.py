"""Edits that set down measured values."""

from __future__ import annotations

from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.model import Reading
from lfroadmap.roadmap.structure import Add, Remove


def count_measured(several: tuple[Edit, ...]) -> int:
    """The measured values in edits that set down nothing else; 0 for other edits."""
    if not all(isinstance(each, Add | Remove | SetKpi) for each in several):
        return 0
    added = [each.node for each in several if isinstance(each, Add)]
    measured = [each for each in added if isinstance(each, Reading) and each.origin == "measured"]
    return len(measured) if len(measured) == len(added) else 0
