"""Several edits as lines of JSON, which become one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.text import one_line
from lfroadmap.usecases import calculator_edits as edits
from lfroadmap.usecases import relation_edits as related
from lfroadmap.usecases.kpi_values import take_named
from lfroadmap.usecases.plan_edits import Made, PlanEdits

Values = Mapping[str, str]
_EXAMPLE = '{"do": "tick", "task": "…"}'


class Operation(NamedTuple):
    """What a line can do."""

    needs: tuple[str, ...]
    """The keys that it must have."""
    may_have: tuple[str, ...]
    make: Callable[[PlanEdits, Values], Made]


def _bind(plan: PlanEdits, line: Values) -> Made:
    from lfroadmap.usecases.bindings import bind  # noqa: PLC0415 - the measures are known to few lines

    return bind(plan, line["kpi"], line["measure"], line.get("channel", ""), line.get("segment", ""))


def _unbind(plan: PlanEdits, kpi: str) -> Made:
    from lfroadmap.usecases.bindings import unbind  # noqa: PLC0415 - as above

    return unbind(plan, kpi)


OPERATIONS: dict[str, Operation] = {
    "add": Operation(
        ("card", "words"),
        ("due", "owner", "id"),
        lambda plan, line: plan.add_task(
            line["card"], line["words"], due=line.get("due"), owner=line.get("owner")
        ),
    ),
    "set": Operation(
        ("field", "value"), (), lambda plan, line: edits.set_value(plan, line["field"], line["value"])
    ),
    "tick": Operation(("task",), (), lambda plan, line: plan.tick(line["task"])),
    "untick": Operation(("task",), (), lambda plan, line: plan.tick(line["task"], done=False)),
    "wait": Operation(("node", "for"), (), lambda plan, line: related.wait(plan, line["node"], line["for"])),
    "unwait": Operation(
        ("node", "for"), (), lambda plan, line: related.stop_waiting(plan, line["node"], line["for"])
    ),
    "repeat": Operation(
        ("task", "rule"), (), lambda plan, line: related.repeat(plan, line["task"], line["rule"])
    ),
    "moves": Operation(
        ("card", "kpi"), (), lambda plan, line: related.move_kpi(plan, line["card"], line["kpi"])
    ),
    "unmoves": Operation(
        ("card", "kpi"), (), lambda plan, line: related.stop_moving(plan, line["card"], line["kpi"])
    ),
    "move": Operation(("task", "card"), (), lambda plan, line: plan.move_task(line["task"], line["card"])),
    "kpi": Operation(
        ("kpi", "value"), ("at",), lambda plan, line: plan.set_kpi(line["kpi"], line["value"], line.get("at"))
    ),
    "kpi_from": Operation(
        ("kpi", "from"),
        ("at",),
        lambda plan, line: take_named(plan, line["kpi"], line["from"], line.get("at")),
    ),
    "bind": Operation(
        ("kpi", "measure"),
        ("channel", "segment"),
        _bind,
    ),
    "unbind": Operation(("kpi",), (), lambda plan, line: _unbind(plan, line["kpi"])),
    "note": Operation(("on", "words"), ("id",), lambda plan, line: plan.add_note(line["on"], line["words"])),
    "add_stage": Operation(("title",), ("id",), lambda plan, line: plan.add_stage(line["title"])),
    "rename_stage": Operation(
        ("stage", "title"), (), lambda plan, line: plan.rename(Stage, line["stage"], line["title"])
    ),
    "remove_stage": Operation(("stage",), (), lambda plan, line: plan.remove(Stage, line["stage"])),
    "add_card": Operation(
        ("stage", "title"), ("id",), lambda plan, line: plan.add_card(line["title"], line["stage"])
    ),
    "rename_card": Operation(
        ("card", "title"), (), lambda plan, line: plan.rename(Card, line["card"], line["title"])
    ),
    "remove_card": Operation(("card",), (), lambda plan, line: plan.remove(Card, line["card"])),
    "add_calculator": Operation(
        ("card", "kind", "title"),
        ("id",),
        lambda plan, line: edits.add_calculator(plan, line["card"], line["kind"], line["title"]),
    ),
    "rename_calculator": Operation(
        ("calculator", "title"),
        (),
        lambda plan, line: edits.rename_calculator(plan, line["calculator"], line["title"]),
    ),
    "remove_calculator": Operation(
        ("calculator",), (), lambda plan, line: edits.remove_calculator(plan, line["calculator"])
    ),
    "add_row": Operation(
        ("calculator", "name"),
        ("id",),
        lambda plan, line: edits.add_row(plan, line["calculator"], line["name"]),
    ),
    "rename_row": Operation(
        ("row", "name"), (), lambda plan, line: edits.rename_row(plan, line["row"], line["name"])
    ),
    "remove_row": Operation(("row",), (), lambda plan, line: edits.remove_row(plan, line["row"])),
}
"""The value of `do` -> what it does; the names are those of the commands."""


def read_edits(lines: Iterable[str], plan: PlanEdits) -> Made:
    """The edits of all lines as one; each line sees what those before it did.

    Raises UsageError with the number of the first line that cannot be done.
    """
    found: list[Edit] = []
    nodes: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            made = _read(line, plan)
        except RoadmapError as error:
            raise UsageError("edit_line", line=number, why=error) from error
        plan = plan.after(made.edit)
        found += made.edit.singles()
        nodes += made.nodes
    if not found and not nodes:
        raise UsageError("no_edits")
    return Made(Batch(tuple(found)), tuple(dict.fromkeys(nodes)))


def _read(line: str, plan: PlanEdits) -> Made:
    values = _values(line)
    return make_edit(values.pop("do", ""), values, plan)


def make_edit(name: str, values: Values, plan: PlanEdits) -> Made:
    """The edit that an operation makes of its values; raises RoadmapError."""
    operation = OPERATIONS.get(name)
    if operation is None:
        raise UsageError("edit_unknown", name=one_line(name), known=", ".join(OPERATIONS))
    for key in operation.needs:
        if key not in values:
            raise UsageError("edit_missing", name=name, missing=key)
    for key in values:
        if key not in operation.needs + operation.may_have:
            raise UsageError("edit_key", name=name, unknown=one_line(key))
    made = operation.make(plan, values)
    return _with_id(made, values["id"], plan) if "id" in values else made


def _values(line: str) -> dict[str, str]:
    """The keys and values of a line; raises UsageError for anything but texts by name."""
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError("edit_json", example=_EXAMPLE) from error
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise UsageError("edit_json", example=_EXAMPLE)
    return values


def _with_id(made: Made, wanted: str, plan: PlanEdits) -> Made:
    """The addition of a node with an id that later lines, and other programs, can name."""
    assert isinstance(made.edit, Add)
    edit = replace(made.edit, node=replace(made.edit.node, id=wanted))
    if edit.on(plan.roadmap) is plan.roadmap:
        raise UsageError("edit_id", id=one_line(wanted))
    return Made(edit, (wanted,))


def _text(description: str, **more: object) -> dict[str, object]:
    return {"type": "string", "description": description, **more}


_KEYS: dict[str, dict[str, object]] = {
    "card": _text("The card: its id, or words of its title that fit no other one."),
    "words": _text("What is written; of a task it may name its owner and its day.", pattern=r"\S"),
    "due": _text("The day, as people write it: 2026-03-31, friday, +14."),
    "owner": _text("Whose it is."),
    "id": _text("The id that the new part gets, by which later lines and other programs name it."),
    "field": _text("The field, or the cell of a calculator: its id, or words that fit no other one."),
    "value": _text("Its value, as it would be typed."),
    "task": _text("The task: its id, or words of it that fit no other one."),
    "node": _text("The card or the task that waits: its id, or words of it that fit no other one."),
    "for": _text("The card or the task that it waits for: its id, or words of it that fit no other one."),
    "rule": _text("How it repeats, as people write it: week, month, 10 days; never, or empty, ends it."),
    "kpi": _text("The KPI: its id, or words of its measure that fit no other one."),
    "at": _text("The day of the value, as people write it."),
    "from": _text("Where the value comes from: CARD[.CALCULATOR][/FIGURE]."),
    "measure": _text("Id of the measure that fills it.", pattern=r"\S"),
    "channel": _text("Of which channel's customers alone; empty: all."),
    "segment": _text("Of which segment's customers alone, as column=value; empty: all.", pattern="^$|="),
    "on": _text("The card or the task that the note is on."),
    "title": _text("Its title."),
    "stage": _text("The stage: its id, or words of its title that fit no other one."),
    "kind": _text("What it calculates.", enum=["funnel", "pipeline", "unit"]),
    "calculator": _text("The calculator: its id, or words of its title that fit no other one."),
    "name": _text("Name of the row."),
    "row": _text("The row: its id, or words of its name that fit no other one."),
}
"""Key of a line -> its schema, the same in every operation."""


def schema() -> dict[str, Any]:
    """The JSON Schema of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An edit of a roadmap: a line of what `lfroadmap apply` reads",
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "do": {"const": name, "description": "What the line does."},
                    **{key: _KEYS[key] for key in operation.needs + operation.may_have},
                },
                "required": ["do", *operation.needs],
                "additionalProperties": False,
            }
            for name, operation in OPERATIONS.items()
        ],
    }
