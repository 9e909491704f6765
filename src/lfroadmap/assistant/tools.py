"""The table of tools: a new one is a row, its words, and a function of a desk and its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from lfroadmap.assistant import (
    exporting,
    reading,
    reading_measures,
    reading_plan,
    reading_tasks,
    writing,
)
from lfroadmap.assistant.arguments import Shape, Values, checked, input_schema
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import ROADMAP_SCHEMA, Json, Listing, page_of, page_schema
from lfroadmap.errors import UsageError
from lfroadmap.text import one_line
from lfroadmap.usecases.edit_lines import OPERATIONS
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import Words

_SHORT_TOPIC = ("id", "title", "summary")
_OPPOSITES = {"unwait": "wait", "unmoves": "moves"}
"""Operations whose command has an option for them."""
_NAMED = {"roadmap": ROADMAP_SCHEMA}


class Tool(NamedTuple):
    """A tool; its description is `assistant.tool_<name>`."""

    command: str
    """The command of the command line that does the same."""
    shape: Shape
    run: Callable[[Desk, Values], Listing | Json]
    output: Callable[[], Json]
    """The JSON Schema of its result."""
    writes: bool = False
    """True if it changes a roadmap."""
    exports: bool = False
    """True if it writes a file."""

    @property
    def is_paged(self) -> bool:
        """True if its result is a page of items."""
        return "items" in self.output()["properties"]

    @property
    def whole_shape(self) -> Shape:
        """Its arguments, with the cursor of a page."""
        more = ("cursor",) if self.is_paged else ()
        return Shape(self.shape.needs, (*self.shape.may_have, *more))


def _items_of(command: str, head: Json | None = None) -> Json:
    """Pages of the items that a command prints."""
    return page_schema(SCHEMAS[command]()["items"], head)


def _dated_items() -> Json:
    """Pages of what is late or next in the portfolio."""
    return page_schema(SCHEMAS["portfolio"]()["properties"]["late"]["items"])


def _found_items(command: str, key: str) -> Json:
    """Pages of what a command lists under a key."""
    return page_schema(SCHEMAS[command]()["properties"][key]["items"])


def _topics() -> Json:
    """Pages of topics, of which a list leaves out the texts."""
    item: Json = SCHEMAS["guide"]()["items"]
    return page_schema(item | {"required": list(_SHORT_TOPIC)})


def _changes() -> Json:
    """Pages of the changes of a comparison, each with the list that it is in."""
    schema = SCHEMAS["diff"]()
    lists = {key: each["items"] for key, each in schema["properties"].items() if each.get("type") == "array"}
    rest = {key: each for key, each in schema["properties"].items() if key not in lists}
    shapes = [
        {
            "type": "object",
            "properties": {
                "part": {"const": key, "description": "The list of the comparison that it is in."},
                "change": {**item, "description": "The change, as in that list."},
            },
            "required": ["part", "change"],
            "additionalProperties": False,
        }
        for key, item in lists.items()
    ]
    comparison = {
        "type": "object",
        "properties": rest,
        "additionalProperties": False,
        "description": "What is said of the whole comparison.",
    }
    return page_schema({"oneOf": shapes}, _NAMED | {"comparison": comparison}) | {"$defs": schema["$defs"]}


def _operation(name: str) -> Tool:
    """The tool of an operation of `apply`, with the same values."""
    made = OPERATIONS[name]
    may_have = tuple(key for key in made.may_have if key != "id")
    command = next((each for each in ("stage", "card", "kpi") if each in name.split("_")), name)
    command = _OPPOSITES.get(command, command)
    return Tool(
        command, Shape(made.needs, (*may_have, "in")), writing.operation(name), _change_schema, writes=True
    )


def _change_schema() -> Json:
    return writing.CHANGE_SCHEMA


_IN = ("in",)
_OWN = (
    "add",
    "set",
    "tick",
    "untick",
    "move",
    "kpi",
    "kpi_from",
    "note",
    "wait",
    "unwait",
    "repeat",
    "moves",
    "unmoves",
)
_PARTS = ("add_stage", "rename_stage", "add_card", "rename_card")

TOOLS: dict[str, Tool] = {
    "list_roadmaps": Tool("list", Shape(), reading.list_roadmaps, partial(_items_of, "list")),
    "show": Tool(
        "show",
        Shape((), ("in", "at", "part")),
        reading_plan.show,
        partial(page_schema, reading_plan.ITEM_SCHEMA, reading_plan.HEAD_SCHEMA),
    ),
    "late": Tool("portfolio", Shape((), ("in", "owner")), reading.late, _dated_items),
    "due": Tool(
        "due",
        Shape((), ("in", "owner", "days")),
        reading_tasks.due,
        partial(_found_items, "due", "items"),
    ),
    "search": Tool(
        "search", Shape(("text",), _IN), reading_tasks.search, partial(_found_items, "search", "results")
    ),
    "list_tasks": Tool(
        "list-tasks",
        Shape((), ("in", "owner", "late", "due_this_week", "open", "stage", "health", "text")),
        reading_tasks.list_tasks,
        partial(_found_items, "list-tasks", "tasks"),
    ),
    "history": Tool(
        "history",
        Shape((), ("in", "card", "author", "since", "until", "text")),
        reading.history,
        partial(_items_of, "history", _NAMED),
    ),
    "diff": Tool("diff", Shape(("a",), ("b", "in")), reading.diff, _changes),
    "measures": Tool(
        "measure",
        Shape((), ("in", "measure")),
        reading_measures.measures,
        partial(page_schema, reading_measures.ITEM_SCHEMA, reading_measures.HEAD_SCHEMA),
    ),
    "guide": Tool("guide", Shape((), ("topic",)), reading.guide, _topics),
    "snapshots": Tool("snapshot", Shape((), _IN), reading.snapshots, partial(_items_of, "snapshot", _NAMED)),
    "bin": Tool("bin", Shape((), _IN), reading.bin_, partial(_items_of, "bin", _NAMED)),
    "preview": Tool(
        "apply",
        Shape(("edits",), _IN),
        writing.preview,
        partial(page_schema, writing.PREVIEW_SCHEMA, _NAMED),
    ),
    **{name: _operation(name) for name in (*_OWN, *_PARTS)},
    "remove": Tool("remove", Shape(("part",), ("yes", "in")), writing.remove, _change_schema, writes=True),
    "snapshot": Tool("snapshot", Shape(("title",), _IN), writing.snapshot, _change_schema, writes=True),
    "apply": Tool("apply", Shape(("edits",), ("yes", "in")), writing.apply, _change_schema, writes=True),
    "export": Tool(
        "export",
        Shape(("format",), ("in", "at", "file")),
        exporting.export,
        lambda: exporting.EXPORT_SCHEMA,
        exports=True,
    ),
}
"""Name -> tool, in the order in which they are listed."""


def tools_of(desk: Desk) -> dict[str, Tool]:
    """The tools that this session may use."""
    return {
        name: tool
        for name, tool in TOOLS.items()
        if (desk.may_write or not tool.writes) and (desk.folders or not tool.exports)
    }


@cache
def _edit_schema() -> Mapping[str, Any]:
    """The schema of one edit of `apply`, which has no address of its own here."""
    return {key: value for key, value in SCHEMAS["apply"]().items() if key != "$schema"}


def schema_of(tool: Tool, words: Words) -> Json:
    """The JSON Schema of a tool's arguments."""
    return input_schema(tool.whole_shape, words, _edit_schema(), writes=tool.writes)


def call(desk: Desk, name: str, given: Mapping[str, Any] | None) -> Json:
    """Use a tool; raises RoadmapError, with nothing done, where it cannot be used like this."""
    tool = tools_of(desk).get(name)
    if tool is None:
        if name in TOOLS:
            raise UsageError("assistant_only_reads" if TOOLS[name].writes else "assistant_no_folder")
        raise UsageError("assistant_tool", name=one_line(name)[:80], known=list(tools_of(desk)))
    values = checked(name, tool.whole_shape, given)
    cursor = values.pop("cursor", "")
    desk.remarks.clear()
    found = tool.run(desk, values)
    result = page_of(found, cursor, desk.words) if isinstance(found, Listing) else found
    return result | ({"remarks": [*desk.remarks]} if desk.remarks else {})
