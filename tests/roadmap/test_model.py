"""The one table of what stands under what, and how little a new attribute and a new kind of node touch."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from lfroadmap.roadmap import snapshot_schema
from lfroadmap.roadmap.model import CHILDREN, TITLE_OF, Node, Roadmap
from lfroadmap.roadmap.schema import texts_of
from source import SOURCE, modules, nodes_in

KINDS = {kind.__name__ for kind in get_args(Node)}


def test_the_table_says_what_the_classes_say() -> None:
    assert set(CHILDREN) == {Roadmap, *get_args(Node)} == set(TITLE_OF)
    for kind, below in CHILDREN.items():
        hints = get_type_hints(kind)
        children = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is tuple}
        assert dict(below) == {name: child for name, child in children.items() if child in CHILDREN}


@pytest.mark.parametrize("kind", CHILDREN, ids=lambda kind: kind.__name__)
def test_every_class_has_its_form_in_a_snapshot(kind: type) -> None:
    form = getattr(snapshot_schema, f"{kind.__name__}Form")
    assert form.__bases__ == (kind,)
    hints = get_type_hints(form)
    assert get_args(get_args(hints["from_template"])[0]) == texts_of(kind)
    for name, child in CHILDREN[kind]:
        assert get_args(hints[name])[0] is getattr(snapshot_schema, f"{child.__name__}Form")


def kinds_told_apart(tree: ast.Module) -> set[str]:
    """The kinds of nodes that a file asks for: by isinstance, in a case of a match, as keys of a table."""
    found: set[str] = set()
    for node in nodes_in(tree, ast.Call, ast.MatchClass, ast.Dict):
        asked: list[ast.AST] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "issubclass"):
            asked = list(node.args[1:])
        elif isinstance(node, ast.MatchClass):
            asked = [node.cls]
        elif isinstance(node, ast.Dict):
            asked = [key for key in node.keys if isinstance(key, ast.Name)]
        found |= {name.id for each in asked for name in ast.walk(each) if isinstance(name, ast.Name)}
    return found & KINDS


def test_only_the_table_goes_through_all_kinds_of_nodes() -> None:
    found = {path: kinds_told_apart(tree) for path, tree in modules().items()}
    assert found["roadmap/model.py"] == KINDS
    assert {path for path, kinds in found.items() if len(kinds) > len(KINDS) - 2} == {"roadmap/model.py"}


# ------------------------------------------------------------------ a copy of the product with more in it

IN_MODEL = {
    '    owner: str = ""\n    notes:': '    owner: str = ""\n    effort: str = ""\n    notes:',
    'TASK_DETAILS = ("due", "owner", "repeat")': 'TASK_DETAILS = ("due", "owner", "repeat", "effort")',
    "    tasks: tuple[Task, ...] = ()\n": (
        "    tasks: tuple[Task, ...] = ()\n    milestones: tuple[Milestone, ...] = ()\n"
    ),
    "Node = (\n": (
        "@dataclass(frozen=True, slots=True)\nclass Milestone:\n"
        '    id: str\n    title: str | None = None\n    day: str = ""\n\n\nNode = (\n    Milestone |'
    ),
    '("tasks", Task), ': '("tasks", Task), ("milestones", Milestone), ',
    "    Reading: (),\n": "    Reading: (),\n    Milestone: (),\n",
    '    Kpi: "measure",\n': '    Kpi: "measure",\n    Milestone: "title",\n',
}
IN_FORMS = {
    "    Kpi,\n    Measurement": "    Kpi,\n    Milestone,\n    Measurement",
    "    tasks: tuple[TaskForm, ...] = ()\n": (
        "    tasks: tuple[TaskForm, ...] = ()\n    milestones: tuple[MilestoneForm, ...] = ()\n"
    ),
    "Form = (\n": (
        "@dataclass(frozen=True, slots=True)\nclass MilestoneForm(Milestone):\n"
        '    from_template: tuple[Literal["title"], ...] = ()\n'
        "    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT\n\n\n"
        "Form = (\n    MilestoneForm |"
    ),
}
WORK = """
from dataclasses import replace
from datetime import date

from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap import codec
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Rename, SetTask
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.model import Card, Milestone, Roadmap, Stage, Task
from lfroadmap.roadmap.table_rows import Row, Rows
from lfroadmap.roadmap.schema import dump
from lfroadmap.roadmap.snapshot_reader import load
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.document import Document

cards = (Card("c", tasks=(Task("t"),), milestones=(Milestone("m1", "First", "2026-03-01"),)), Card("d"))
plan = Roadmap("r", "Plan", stages=(Stage("s", cards=cards),))
document = Document()
document.fill(plan)
now = plan
for edit in (
    SetTask("t", "effort", "3 days"),
    Add(Milestone("m2", "Second"), "c", "m1"),
    Add(Card("e", tasks=(Task("u", effort="1 day"),), milestones=(Milestone("m3"),)), "s"),
    Move("m1", "d"),
    Rename("m2", "Later"),
    Batch((Move("m2", "d", ""), Remove("m1"))),
    ResetAll(plan),
    Batch((Remove("c"), Add(Milestone("m4"), "d"))),
):
    after = edit.on(now)
    assert after != now, edit
    assert edit.inverse(now).on(after) == now, edit
    assert codec.load_edit(codec.dump(edit)) == edit
    assert document.apply(edit, now) == after == document.roadmap(), edit
    assert Batch(difference(now, after)).on(now) == after, edit
    assert load(dump(after, "en")) == after, edit
    now = after
assert find(now, "m4").card == 0 and find(now, "m4").attribute == "milestones"
redated = replace(plan.stages[0].cards[0], milestones=(Milestone("m1", "First", "2026-04-01"),))
then = Add(redated, "s", "").on(Remove("c").on(plan))
assert Batch(difference(plan, then)).on(plan) == then  # what no edit sets is inserted again
rows = Rows("tasks", "", (Row(2, {"id": "t", "effort": "2 days"}),))
found = import_tables(plan, (rows,), "en", date(2026, 3, 1), str)
assert found.edit == Batch((SetTask("t", "effort", "2 days"),))
index = NodeIndex(plan)
index.add_edit(Remove("c"), Add(plan.stages[0].cards[0], "s", ""))
assert index.node("m1").day == "2026-03-01" and index.home("m1").id == "c"
"""


def patched(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{path.name}: {old}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def test_a_new_attribute_and_a_new_kind_touch_two_files(tmp_path: Path) -> None:
    """All that edits, compares, keeps and reads a roadmap takes them as soon as those two do."""
    product = tmp_path / "lfroadmap"
    shutil.copytree(SOURCE, product, ignore=shutil.ignore_patterns("__pycache__"))
    patched(product / "roadmap" / "model.py", IN_MODEL)
    patched(product / "roadmap" / "snapshot_schema.py", IN_FORMS)
    run = subprocess.run(
        [sys.executable, "-c", WORK],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
