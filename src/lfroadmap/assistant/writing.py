"""The tools that change a roadmap: each change is one step, which undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.marking import unhidden, unhidden_all
from lfroadmap.assistant.pages import NOTE_SCHEMA, REMARKS_SCHEMA, ROADMAP_SCHEMA, Json, Listing
from lfroadmap.errors import UsageError
from lfroadmap.machine import now
from lfroadmap.report.history import ChangeFormatter
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import find
from lfroadmap.text import one_line
from lfroadmap.usecases.changing import apply_edit, describe_made, make_and_apply, plan_of
from lfroadmap.usecases.edit_lines import make_edit, read_edits
from lfroadmap.usecases.plan_edits import Made, PlanEdits
from lfroadmap.usecases.similar_owners import similar_owners
from lfroadmap.usecases.what_goes import describe_what_goes

CHANGE_SCHEMA: Json = {
    "type": "object",
    "properties": {
        "note": NOTE_SCHEMA,
        "remarks": REMARKS_SCHEMA,
        "roadmap": ROADMAP_SCHEMA,
        "changed": {"type": "boolean", "description": "False where all was so already."},
        "text": {"type": "string", "description": "What was done, in words."},
        "nodes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "description": "Id of the part, by which tools take it."},
                    "name": {"type": "string", "description": "What it is called."},
                },
                "required": ["id", "name"],
                "additionalProperties": False,
            },
            "description": "The parts that were made or changed.",
        },
        "snapshot": {"type": "string", "description": "Name of the snapshot that was made."},
    },
    "required": ["note", "roadmap", "changed", "text", "nodes"],
    "additionalProperties": False,
}
"""The result of a change."""
_PREVIEWED = {
    "what": "What would be done, as in `history --json`.",
    "node": "Id of the part; empty for the whole roadmap.",
    "card": "Title of its card, or of the stage or KPI.",
    "before": "The value now.",
    "after": "The value that it would have.",
    "text": "The change in words.",
}
PREVIEW_SCHEMA: Json = {
    "type": "object",
    "properties": {key: {"type": "string", "description": text} for key, text in _PREVIEWED.items()},
    "required": list(_PREVIEWED),
    "additionalProperties": False,
}
_REMOVALS = "remove"
"""Begins the name of an operation that removes."""


def operation(name: str) -> Callable[[Desk, Values], Json]:
    """The tool that does one operation of `apply`."""

    def run(desk: Desk, given: Values) -> Json:
        values = {key: value for key, value in given.items() if key != "in"}
        return change(desk, given, partial(make_edit, name, values))

    return run


def apply(desk: Desk, given: Values) -> Json:
    """Make several edits as one step."""
    lines = edit_lines_of(given)
    if not given.get("yes") and any(str(line.get("do")).startswith(_REMOVALS) for line in given["edits"]):
        raise UsageError("assistant_removes")
    return change(desk, given, partial(read_edits, lines))


def edit_lines_of(given: Values) -> list[str]:
    """The edits as the lines that `apply` reads."""
    return [json_text(edit, compact=True) for edit in given["edits"]]


def preview(desk: Desk, given: Values) -> Listing:
    """What edits would do, one by one; nothing is changed."""
    name = desk.chosen(given.get("in"), to_write=True)
    plan = plan_of(desk.workplace, name)
    edit = read_edits(edit_lines_of(given), plan).edit
    formatter = ChangeFormatter(NodeIndex(edit.on(plan.roadmap)), desk.words)
    items = [
        {
            "what": each.action,
            "node": each.node,
            "card": each.card,
            "before": each.old,
            "after": each.new,
            "text": each.sentence,
        }
        for each in formatter.describe_each(edit, edit.inverse(plan.roadmap))
    ]
    return Listing(items, {"roadmap": name})


def remove(desk: Desk, given: Values) -> Json:
    """Move a stage, a card or a task into the roadmap's bin, once a person has agreed."""

    def make(plan: PlanEdits) -> Made:
        node = plan.one((Stage, Card, Task), given["part"]).node
        if not given.get("yes"):
            what = describe_what_goes(node, desk.words) or desk.words("assistant.nothing_in_it")
            raise UsageError("assistant_remove", name=plan.name(node), what=what)
        return Made(Remove(node.id), (node.id,))

    return change(desk, given, make)


def snapshot(desk: Desk, given: Values) -> Json:
    """Save the moment under a name."""
    name, title = desk.chosen(given.get("in"), to_write=True), " ".join(given["title"].split())
    if not title:
        raise UsageError("title_empty")
    apply_edit(desk.workplace, name, mark=title)
    text = desk.words("cli.snapshot_made", name=title)
    return _result(desk, name, {"changed": True, "text": text, "nodes": [], "snapshot": title})


def change(desk: Desk, given: Values, make: Callable[[PlanEdits], Made]) -> Json:
    """Do an edit, behind a snapshot if it is the first of the session; raises RoadmapError."""
    name = desk.chosen(given.get("in"), to_write=True)
    place, made_before = desk.workplace, name in desk.marked
    time = f"{now():%Y-%m-%d %H:%M}"
    title = unhidden(desk.words("assistant.before", assistant=desk.assistant_name, time=time))

    def apply_behind_snapshot(name: str, what: Edit, *, shown: Roadmap) -> bool:
        before = "" if name in desk.marked else title
        done = apply_edit(place, name, what, mark_before=before, shown=shown)
        desk.marked.add(name)  # also where others were quicker: the moment is marked
        return done

    done = make_and_apply(place, name, make, apply=apply_behind_snapshot)
    assert done is not None, "nobody is asked"
    roadmap, made = done
    after = made.edit.on(roadmap)
    for each in similar_owners(roadmap, made.edit):
        desk.remark(desk.words("assistant.similar", short=each.short, long=each.long))
    result: Json = {
        "changed": after is not roadmap,
        "text": desk.words("editing.unchanged")
        if after is roadmap
        else describe_made(roadmap, made.edit, desk.words),
        "nodes": [_node(each, (after, roadmap), desk) for each in made.nodes],
    }
    if not made_before and name in desk.marked:
        result["snapshot"] = title
    return _result(desk, name, result)


def _node(node_id: str, roadmaps: tuple[Roadmap, ...], desk: Desk) -> Json:
    """A node that a change is about, by the name that it has now or had before."""
    place = next(chain(filter(None, (find(roadmap, node_id) for roadmap in roadmaps))), None)
    labels = Labels(roadmaps[0].template, desk.words.language)
    return {"id": node_id, "name": one_line(labels.of(place.node)) if place else ""}


def _result(desk: Desk, name: str, result: Json) -> Json:
    found: Json = unhidden_all({"note": desk.words("assistant.data"), "roadmap": name, **result})
    return found
