"""What is removed with a stage, a card or a field."""

from __future__ import annotations

from lfroadmap.roadmap.model import ROW_VALUES, Calculator, CalculatorRow, Card, Field, Node, Note, Task
from lfroadmap.roadmap.tree import descendants
from lfroadmap.words import Words


def describe_what_goes(node: Node, words: Words) -> str:
    """The work in a node in words: its cards, tasks and what was filled in; empty where there is none."""
    below = (
        [node, *(child for child, _ in descendants(node))]
        if isinstance(node, Field | CalculatorRow)
        else [child for child, _ in descendants(node)]
    )
    counts = {
        "cards": sum(isinstance(child, Card) for child in below),
        "tasks": sum(isinstance(child, Task) for child in below),
        "calculators": sum(isinstance(child, Calculator) for child in below),
        "cells": sum(_filled_cells(child) for child in below if isinstance(child, CalculatorRow)),
        "notes": sum(isinstance(child, Note) for child in below),
        "filled": sum(isinstance(child, Field) and bool(child.value.strip()) for child in below),
    }
    parts = [words.plural(f"editing.goes_{name}", count) for name, count in counts.items() if count]
    return words("editing.goes", what=parts) if parts else ""


def _filled_cells(row: CalculatorRow) -> int:
    return sum(bool(getattr(row, column).strip()) for column in ROW_VALUES)
