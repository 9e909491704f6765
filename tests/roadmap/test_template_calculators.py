"""The calculators of the ready-made roadmaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.calculators.card_tables import calculate, is_empty
from lfroadmap.roadmap.model import Calculator
from lfroadmap.roadmap.templates import DEFAULT, Labels, load, names
from lfroadmap.roadmap.tree import places


@pytest.mark.parametrize("name", names())
def test_a_calculator_has_named_rows_and_no_numbers_yet(name: str) -> None:
    found = [
        node
        for node in (place.node for place in places(load(name).roadmap("r")))
        if isinstance(node, Calculator)
    ]
    assert bool(found) == (name != DEFAULT), "an older program reads what is made of the default one"
    for calculator in found:
        assert all(is_empty(row, calculator.kind) for row in calculator.rows)
        result = calculate(calculator, Labels(name, "he"))
        assert (result.faults, result.funnel, result.pipeline, result.units) == ((), None, None, ())
        assert len(calculator.rows) >= 4 or calculator.kind == "pipeline"
    kinds = {"sales-funnel": {"funnel"}, "sales-pipeline": {"pipeline", "unit"}}
    assert {each.kind for each in found} >= kinds.get(name, set())


@pytest.mark.parametrize("name", names())
def test_the_documentation_names_the_calculators_of_every_model(name: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text("utf-8")
    section = next(part for part in text.split("\n## ") if f"\n`{name}`:" in part)
    nodes = (place.node for place in places(load(name).roadmap("r")))
    titles = [Labels(name, "en").of(node) for node in nodes if isinstance(node, Calculator)]
    assert (f"Calculators: {', '.join(titles)}." in section) == bool(titles)
