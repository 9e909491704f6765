"""The tools of an assistant: they say what the commands say, and take what the commands take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assisting import all_items, desk_in
from checked import check_schema, validate
from commanding import ARGUMENTS, Capture, good, settle, write
from examples import examples
from filled import planned
from lfroadmap.assistant import tools
from lfroadmap.assistant.marking import unhidden_all
from lfroadmap.assistant.prompts import PROMPTS
from lfroadmap.assistant.resources import TEMPLATES
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.export import render
from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.model import Measurement, Roadmap
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.usecases.edit_lines import OPERATIONS
from lfroadmap.usecases.export_set import whole_context
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from measured import figures, measurement
from samples import hostile, sample

READING: dict[str, dict[str, Any]] = {
    "list_roadmaps": {}, "show": {"in": "plan"}, "late": {}, "due": {"in": "plan", "days": "3650"},
    "search": {"text": "the"}, "list_tasks": {"open": True},
    "history": {"in": "plan"}, "diff": {"a": "before", "in": "plan"}, "measures": {"in": "plan"},
    "guide": {}, "snapshots": {"in": "plan"}, "bin": {"in": "plan"},
    "preview": {"in": "plan", "edits": [{"do": "note", "on": "goals.2", "words": "Dana asks"}]},
}  # fmt: skip
"""Every tool that only reads -> arguments that it takes."""
WRITING: dict[str, dict[str, Any]] = {
    "add": {"card": "goals", "words": "Call the bank @Dana due 2026-04-01"},
    "set": {"field": "goals.owner", "value": "Noa"},
    "tick": {"task": "goals.2"},
    "untick": {"task": "goals.2"},
    "move": {"task": "goals.2", "card": "pilot"},
    "kpi": {"kpi": "Return rate", "value": "24"},
    "note": {"on": "goals.3", "words": "Waits for the budget"},
    "wait": {"node": "goals.3", "for": "pilot"},
    "unwait": {"node": "goals.3", "for": "pilot"},
    "repeat": {"task": "goals.3", "rule": "week"},
    "moves": {"card": "goals", "kpi": "Return rate"},
    "unmoves": {"card": "goals", "kpi": "Return rate"},
    "add_stage": {"title": "C. Growth"},
    "rename_stage": {"stage": "C. Growth", "title": "C. Partners"},
    "add_card": {"stage": "C. Partners", "title": "Resellers"},
    "rename_card": {"card": "Resellers", "title": "Agents"},
    "remove": {"part": "Agents", "yes": True},
    "snapshot": {"title": "before the board"},
    "apply": {"edits": [{"do": "tick", "task": "goals.3"}, {"do": "untick", "task": "pilot.1"}]},
}  # fmt: skip
"""Every tool that changes a roadmap -> arguments, in an order in which they work."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a roadmap with a past, and a hostile one."""
    settle(tmp_path, monkeypatch)
    library = Library(tmp_path / "data")
    path = library.create("plan", sample("en"), "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.mark("before")
    assert store.close() == ()
    kept = measurement("2026-03-01", figures())
    write(path, "dana", SetField("goals.owner", "דנה"), SetTask("goals.2", "owner", "Noa"), Add(kept, "plan"))
    write(path, "dana", Remove("goals.3"), Remove("c"))
    write(path, "dana", Add(sample("en").stages[0].cards[0].tasks[2], "goals"))
    library.create("hostile", hostile(), "dana")
    return tmp_path


@pytest.mark.parametrize("language", quick_first(LANGUAGES))
@pytest.mark.parametrize("roadmap", ["plan", "hostile"])
@pytest.mark.quick_cases(1)
def test_a_result_has_the_schema_that_its_tool_says(home: Path, roadmap: str, language: Language) -> None:
    desk = desk_in(home, may_write=True, language=language)
    for name, arguments in {**READING, **(WRITING if roadmap == "plan" else {})}.items():
        if roadmap == "hostile" and name in ("preview", "diff"):
            continue
        schema = tools.TOOLS[name].output()
        check_schema(schema)
        where = {"in": roadmap} if "in" in tools.TOOLS[name].shape.may_have else {}
        validate(tools.call(desk, name, arguments | where), schema)


def test_every_tool_is_tried_here() -> None:
    apart = {"kpi_from", "export"}
    assert {*READING, *WRITING} == {*tools.TOOLS} - apart
    assert {name for name, tool in tools.TOOLS.items() if tool.writes} - apart == {*WRITING}


COMMON = ("in", "cursor", "part", "measure", "late", "due_this_week", "open")
"""Arguments that a command has by another name, or not at all."""


def test_a_tool_takes_what_its_command_takes() -> None:
    """The daily edits have the keys of `apply`, the others the options of their command."""
    for name, tool in tools.TOOLS.items():
        assert tool.command in COMMANDS
        schema = tools.schema_of(tool, words("en"))
        check_schema(schema)
        taken = {*schema["properties"]}
        if name in OPERATIONS and name != "apply":
            operation = OPERATIONS[name]
            assert taken - {"in"} == {*operation.needs, *operation.may_have} - {"id"}
            assert schema["required"] == [*operation.needs]
        elif name in ("apply", "preview"):
            published = {key: value for key, value in SCHEMAS["apply"]().items() if key != "$schema"}
            assert schema["properties"]["edits"]["items"] == published
        elif not tool.writes and not tool.exports:
            options = {argument.field for argument in ARGUMENTS[tool.command]}
            options |= {"text"} if name == "search" else set()  # which stands by itself there
            assert taken - {*COMMON} <= options, name


def test_results_are_what_the_commands_print(home: Path, capsys: Capture) -> None:
    desk = desk_in(home)

    def printed(*argv: str) -> Any:  # noqa: ANN401 - an object or a list
        return unhidden_all(json.loads(good(capsys, *argv)))

    assert all_items(desk, "list_roadmaps") == printed("list", "--json")
    assert all_items(desk, "late") == printed("portfolio", "--json")["late"] != []
    assert all_items(desk, "due") == printed("due", "--json")["items"] != []
    of_noa = printed("due", "--days", "0", "--owner", "Noa", "--json")["items"]
    assert all_items(desk, "due", days="0", owner="Noa") == of_noa
    searched = printed("search", "--all", "pilot", "--json")["results"]
    assert all_items(desk, "search", text="pilot") == searched != []
    late_tasks = printed("list-tasks", "--all", "--late", "--json")["tasks"]
    assert all_items(desk, "list_tasks", late=True) == late_tasks
    tasks = printed("list-tasks", "--in", "plan", "--json")["tasks"]
    assert all_items(desk, "list_tasks", **{"in": "plan"}) == tasks != []
    assert all_items(desk, "history", **{"in": "plan"}) == printed("history", "plan", "--json") != []
    assert all_items(desk, "snapshots", **{"in": "plan"}) == printed("snapshot", "plan", "--json") != []
    assert all_items(desk, "bin", **{"in": "plan"}) == printed("bin", "plan", "--json") != []
    assert all_items(desk, "guide", topic="models") == printed("guide", "models", "--json")
    compared = printed("diff", "before", "--of", "plan", "--json")
    changes = all_items(desk, "diff", a="before", **{"in": "plan"})
    lists = {key: value for key, value in compared.items() if isinstance(value, list)}
    assert {key: [each["change"] for each in changes if each["part"] == key] for key in lists} == lists
    head = tools.call(desk, "diff", {"a": "before", "in": "plan"})["comparison"]
    assert head == {key: value for key, value in compared.items() if key not in lists}


def test_a_measure_comes_with_its_figure_and_its_explanation(home: Path) -> None:
    desk, name = desk_in(home), "return_rate"
    listed = {each["id"]: each for each in all_items(desk, "measures", **{"in": "plan"})}
    kept = figures().measures
    assert {id for id, each in listed.items() if "figure" in each} == {*kept} & {*listed} != set()
    (one,) = all_items(desk, "measures", measure=name, **{"in": "plan"})
    assert one["figure"] == kept[name]._asdict()
    assert one["formula"] and any("SELECT" in query for query in one["queries"].values())


@examples(100)
@given(roadmap=planned(), language=st.sampled_from(LANGUAGES))
def test_what_show_says_and_what_the_command_says_is_one(
    tmp_path_factory: pytest.TempPathFactory, roadmap: Roadmap, language: Language
) -> None:
    """Each node of `show --json` is an item with its values and where it is, and nothing else is."""
    home = tmp_path_factory.mktemp("home")
    Library(home / "data").create("any", roadmap, "dana")
    desk = desk_in(home, language=language)
    shown = [{**item, "node": ""} for item in all_items(desk, "show")]
    point = desk.point("any", None)
    context = whole_context(point.roadmap, desk.words, point.day, desk.settings.thresholds)
    printed = json.loads(render(context, "json"))["roadmap"]
    assert sorted(map(json.dumps, map(by_key, shown))) == sorted(
        map(json.dumps, map(by_key, unhidden_all([*nodes_in(printed)])))
    )


def nodes_in(plain: dict[str, Any], above: str = "") -> Iterator[dict[str, Any]]:
    """The nodes in the JSON of a roadmap: a list of objects with ids has children, all else is a value."""
    children = {
        key: value
        for key, value in plain.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and "id" in value[0]
    }
    own = {key: value for key, value in plain.items() if key not in children and value not in ("", None, [])}
    yield {"node": "", **({"in": above} if above else {}), **own}
    for value in children.values():
        for child in value:
            yield from nodes_in(child, plain["id"])


def by_key(item: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(item.items()))


def test_an_item_says_what_the_published_schema_knows(home: Path) -> None:
    """Its keys are those of the node's own form in the schema of `show --json`."""
    forms = SCHEMAS["show"]()["$defs"]
    for item in all_items(desk_in(home), "show", **{"in": "plan"}):
        form = next(forms[name] for name in forms if name.lower() == f"{item['node']}form")
        assert {*item} - {"node", "in"} <= {*form["properties"]}


def test_a_part_has_what_is_in_it_and_nothing_else(home: Path) -> None:
    desk = desk_in(home)
    card = all_items(desk, "show", part="goals", **{"in": "plan"})
    assert card[0]["id"] == "goals" and all(item["in"] == "goals" for item in card[1:])
    stage = all_items(desk, "show", part="B. Launch", **{"in": "plan"})
    assert {item["id"] for item in stage} >= {"b", "pilot", "pilot.1"}
    with pytest.raises(RoadmapError, match="no_such_stage_or_card"):
        tools.call(desk, "show", {"part": "nowhere", "in": "plan"})


def test_an_earlier_moment_is_shown_as_it_was(home: Path) -> None:
    desk = desk_in(home)
    ids = {item["id"] for item in all_items(desk, "show", at="before", **{"in": "plan"})}
    assert "c" in ids and "c" not in {item["id"] for item in all_items(desk, "show", **{"in": "plan"})}
    with pytest.raises(UsageError, match="no_moment"):
        tools.call(desk, "show", {"at": str(home / "data"), "in": "plan"})


def test_long_results_come_in_pages_and_a_cursor_is_of_one_list(home: Path) -> None:
    desk = desk_in(home, may_write=True)
    edits = [{"do": "add", "card": "goals", "words": f"task {n} " + "x" * 400} for n in range(150)]
    tools.call(desk, "apply", {"edits": edits, "in": "plan"})
    first = tools.call(desk, "show", {"in": "plan"})
    assert len(first["items"]) < first["total"] and len(json.dumps(first)) < 40_000
    assert len(all_items(desk, "show", **{"in": "plan"})) == first["total"]
    for cursor in (first["next"] + "0", "-1", "x", "5-", "9" * 5000, "²-" + first["next"].split("-")[1]):
        with pytest.raises(UsageError, match="assistant_cursor"):
            tools.call(desk, "show", {"in": "plan", "cursor": cursor})
    tools.call(desk, "tick", {"task": "goals.2", "in": "plan"})
    with pytest.raises(UsageError, match="assistant_cursor"):
        tools.call(desk, "show", {"in": "plan", "cursor": first["next"]})


def test_the_kept_measurement_is_a_node_too(home: Path) -> None:
    kinds = {item["node"] for item in all_items(desk_in(home), "show", **{"in": "plan"})}
    assert kinds >= {"roadmap", "stage", "card", "field", "task", "kpi", Measurement.__name__.lower()}


def test_the_page_for_people_names_every_tool_option_and_prompt() -> None:
    page = (Path(__file__).parents[2] / "docs" / "assistants.md").read_text("utf-8")
    assert [name for name in tools.TOOLS if f"`{name}`" not in page] == []
    options = {argument.names[-1] for argument in ARGUMENTS["mcp"]}
    assert [option for option in options if option not in page] == []
    assert [line.uri.partition("{")[0] for line in TEMPLATES if line.uri.partition("{")[0] not in page] == []


def test_every_row_has_the_words_of_its_own_and_no_other() -> None:
    table = words("en").table
    described = {key.partition("tool_")[2] for key in table if key.startswith("assistant.tool_")}
    assert described == {*tools.TOOLS}
    shapes = [tool.whole_shape for tool in tools.TOOLS.values()]
    taken = {name for shape in shapes for name in (*shape.needs, *shape.may_have)}
    taken |= {name for prompt in PROMPTS.values() for name in (*prompt.needs, *prompt.may_have)}
    assert {key.partition("argument_")[2] for key in table if key.startswith("assistant.argument_")} == taken
