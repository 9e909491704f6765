"""Templates of a person's own for tests: written into the folder, and the shape of what is made of them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import (
    ATTRIBUTES,
    CALCULATOR_COLUMNS,
    CHILDREN,
    KPI_TEXTS,
    ROW_VALUES,
    Calculator,
    CalculatorKind,
    CalculatorRow,
    Field,
    Kpi,
    Node,
    Note,
    Reading,
    Roadmap,
    Task,
)
from lfroadmap.roadmap.schema import texts_of
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import Labels, load, names
from lfroadmap.roadmap.tree import children, descendants
from lfroadmap.words import LANGUAGES

SMALL = """
title = { en = "Our way", he = "הדרך שלנו" }
about = { en = "How we sell." }

[[stages]]
id = "first"
title = { en = "First steps", he = "צעדים ראשונים" }

[[stages.cards]]
id = "meet"
title = { en = "Meet them" }
fields = [
  { id = "owner", kind = "text", role = "owner", label = { en = "Owner", he = "אחראי/ת" } },
  { id = "size", kind = "choice", label = { en = "Size" }, options = [
    { id = "s", en = "Small", he = "קטן" },
    { id = "l", en = "Large", he = "גדול" },
  ], value = "l" },
]
tasks = [
  { id = "call", en = "Call them", he = "להתקשר" },
  { id = "write", he = "לכתוב" },
]
calculators = [
  { id = "steps", kind = "funnel", title = { en = "Steps" }, rows = [
    { id = "all", en = "All", he = "כולם", count = "100" },
  ] },
]

[[kpis]]
id = "deals"
measure = { en = "Deals", he = "עסקאות" }
better = "up"
unit = { id = "deals", en = "deals", he = "עסקאות" }
"""
"""A template that a person could have written."""


def templates_folder() -> Path:
    """The folder of this person's templates."""
    return Path(os.environ["LFROADMAP_CONFIG_DIR"]) / "templates"


def put_template(name: str, source: str | bytes = SMALL) -> Path:
    """Write a template as a person does."""
    path = templates_folder() / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return path


def shape(roadmap: Roadmap) -> object:
    """The structure, values and words of a roadmap in both languages, wherever the words come from."""
    labels = [Labels(roadmap.template, language) for language in LANGUAGES]
    return [[_shape(node, labels) for node in children(roadmap, name)] for name, _ in CHILDREN[Roadmap]]


def _shape(node: Node, labels: list[Labels]) -> object:
    texts = texts_of(type(node))
    own: dict[str, Any] = {name: getattr(node, name) for name in ATTRIBUTES[type(node)]}
    own = {
        name: value for name, value in own.items() if name not in (*texts, "words_from", "unit", "options")
    }
    shown: list[object] = [each.of(node) for each in labels if not isinstance(node, Kpi)]
    if isinstance(node, Note | Reading):
        shown = [getattr(node, texts[0]) or ""]
    if isinstance(node, Kpi):
        shown = [each.kpi(node, name) or (node.id if name == "measure" else "")
                 for each in labels for name in (*KPI_TEXTS, "unit")]  # fmt: skip
    if isinstance(node, Field):
        shown += [each.option(node, option) for each in labels for option in node.options]
    below = [[_shape(child, labels) for child in children(node, name)] for name, _ in CHILDREN[type(node)]]
    if isinstance(node, Calculator):
        below = [[_shape(_as_shown(row, node.kind), labels) for row in node.rows]]
    return type(node).__name__, node.id, own, shown, below


def _as_shown(row: CalculatorRow, kind: CalculatorKind) -> CalculatorRow:
    """A row without values in columns that its table has not, which nobody can fill."""
    return replace(row, **dict.fromkeys({*ROW_VALUES} - {*CALCULATOR_COLUMNS[kind]}, ""))


words_typed = st.sampled_from(["Our own", "שלנו", "", 'a "b" \\ c\n\td', "[x]\u202e", "= # '''", "\0"])


@st.composite
def worked_on(draw: st.DrawFn) -> Roadmap:
    """A built-in roadmap on which people worked: texts, values, places, removals and additions."""
    whole = load(draw(st.sampled_from(names()))).roadmap("roadmap")
    roadmap = replace(whole, stages=whole.stages[:2])
    for number in range(draw(st.integers(0, 12))):
        nodes = [node for node, _ in descendants(roadmap)]
        node, text = draw(st.sampled_from(nodes)), draw(words_typed)
        doing = draw(st.sampled_from(["rename", "fill", "remove", "add", "move"]))
        if doing == "rename":
            name = draw(st.sampled_from(KPI_TEXTS))
            edit: Any = SetKpi(node.id, name, text) if isinstance(node, Kpi) else Rename(node.id, text)
        elif doing == "fill":
            edit = _filling(node, text, draw(st.booleans()))
        elif doing == "remove" and node not in roadmap.stages:
            edit = Remove(node.id)
        elif doing == "add":
            edit = Add(Task(f"own {number}.א", text), draw(st.sampled_from(roadmap.stages)).cards[0].id)
        else:
            stages = [stage.id for stage in roadmap.stages]
            edit = Move(node.id, draw(st.sampled_from(stages)), "")
        changed = edit.on(roadmap)
        roadmap = changed if all(stage.cards for stage in changed.stages) else roadmap
    return roadmap


def _filling(node: Node, text: str, flag: bool) -> Any:  # noqa: ANN401 - any edit
    if isinstance(node, Field):
        return SetField(node.id, text)
    if isinstance(node, Kpi):
        return SetKpi(node.id, "current", text)
    return Tick(node.id, True, "2026-03-01") if flag else SetTask(node.id, "due", "2026-03-02")
