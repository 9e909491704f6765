"""The server as an assistant's program starts it: the SDK's own client at the other end of a real pipe."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError

from assisting import assistant, refusal, result
from commanding import Capture, run, settle
from lfroadmap.assistant import tools
from lfroadmap.cli import assisting as command
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Roadmap
from lfroadmap.store.history.queries import every, marks
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from samples import sample
from terminal import Terminal, environment, keys

ROWS = tuple(
    CalculatorRow(f"r{n}", name, str(count))
    for n, (name, count) in enumerate((("Visits", 1000), ("Leads", 200), ("Deals", 10)))
)


def plan() -> Roadmap:
    """The sample with a calculator."""
    out = sample("en")
    goals = replace(out.stages[0].cards[0], calculators=(Calculator("sales", "funnel", "Sales", ROWS),))
    return replace(out, stages=(replace(out.stages[0], cards=(goals,)), *out.stages[1:]))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Library(tmp_path / "data").create("plan", plan(), "dana")
    (tmp_path / "out").mkdir()
    return tmp_path


def path(home: Path) -> Path:
    return Library(home / "data").path("plan")


READING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("list_roadmaps", {}), ("show", {"part": "goals"}), ("late", {}), ("due", {"owner": "Dana"}),
    ("search", {"text": "owner"}), ("list_tasks", {"open": True}),
    ("history", {"text": "x"}), ("diff", {"a": "-7"}), ("measures", {"measure": "close_rate"}),
    ("guide", {"topic": "models"}), ("snapshots", {}), ("bin", {}),
    ("preview", {"edits": [{"do": "tick", "task": "goals.2"}]}),
)  # fmt: skip
WRITING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add", {"card": "goals", "words": "Call the bank @Dana"}),
    ("set", {"field": "goals.owner", "value": "Noa"}),
    ("tick", {"task": "goals.2"}), ("untick", {"task": "goals.2"}),
    ("move", {"task": "goals.2", "card": "pilot"}), ("kpi", {"kpi": "Return rate", "value": "24"}),
    ("kpi_from", {"kpi": "Return rate", "from": "goals.sales/overall"}),
    ("note", {"on": "goals.3", "words": "Waits"}),
    ("wait", {"node": "goals.3", "for": "pilot"}), ("unwait", {"node": "goals.3", "for": "pilot"}),
    ("repeat", {"task": "goals.3", "rule": "week"}), ("moves", {"card": "goals", "kpi": "Return rate"}),
    ("unmoves", {"card": "goals", "kpi": "Return rate"}),
    ("add_stage", {"title": "Growth"}), ("rename_stage", {"stage": "Growth", "title": "Partners"}),
    ("add_card", {"stage": "Partners", "title": "Resellers"}),
    ("rename_card", {"card": "Resellers", "title": "Agents"}), ("remove", {"part": "Agents", "yes": True}),
    ("snapshot", {"title": "before the board"}), ("apply", {"edits": [{"do": "tick", "task": "goals.3"}]}),
)  # fmt: skip


async def test_every_tool_over_a_pipe(home: Path) -> None:
    async with assistant(home, "--write", "--allow", str(home / "out")) as client:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert [*listed] == [*tools.TOOLS] == [*dict((*READING, *WRITING, ("export", {})))]
        for name, given in READING:
            await result(client, name, **given)
        for name, given in WRITING:
            found = await result(client, name, **given)
            assert found["changed"], name
        exported = await result(client, "export", format="md")
        assert Path(exported["path"]).parent == home / "out"
        assert "assistant" not in await refusal(client, "tick", task="nothing of the sort")
        assert listed["show"].annotations and listed["show"].annotations.read_only_hint
        hints = {name: tool.annotations for name, tool in listed.items()}
        writing = {name for name, hint in hints.items() if hint and not hint.read_only_hint}
        assert writing == {*dict(WRITING), "export"}
    changes = [*every(path(home))]
    assert {change.author for change in changes} == {"Claude, for dana"}
    assert len(changes) == len(WRITING) - 1
    assert [mark.name.partition(",")[0] for mark in marks(path(home))] == [
        "before the board",
        "Before Claude",
    ]


@pytest.mark.proof
@pytest.mark.parametrize("mode", ["legacy", "auto", "2026-07-28"])
async def test_a_session_that_only_reads(home: Path, mode: str) -> None:
    before = path(home).read_bytes()
    async with assistant(home, "--lang", "he", mode=mode) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == {*dict(READING)}
        for name, given in READING:
            await result(client, name, **given)
        for name, given in WRITING:
            assert "--write" in await refusal(client, name, **given)
        assert "--allow" in await refusal(client, "export", format="md")
        found = (await client.list_resources()).resources
        assert {"lfroadmap://roadmaps/plan.md", "lfroadmap://roadmaps/plan.json"} <= {
            each.uri for each in found
        }
        for each in found:
            assert (await client.read_resource(each.uri)).contents
        assert len((await client.list_resource_templates()).resource_templates) == 4
        for prompt in (await client.list_prompts()).prompts:
            given_ = {"notes": "דנה מתקשרת לבנק"} if prompt.name == "notes_to_tasks" else {}
            assert (await client.get_prompt(prompt.name, given_)).messages
        with pytest.raises(MCPError):
            await client.read_resource("lfroadmap://roadmaps/none.md")
        with pytest.raises(MCPError):
            await client.get_prompt("none")
    assert path(home).read_bytes() == before


@pytest.mark.proof
async def test_tick_the_second_one(home: Path) -> None:
    """The number in a list leads to an id, which means the same node whatever was added before it since."""
    async with assistant(home, "--write") as client:
        shown = await result(client, "show", part="goals")
        second = [item for item in shown["items"] if item["node"] == "task"][1]
        assert second["number"] == shown["items"].index(second) + 1
        await result(client, "apply", edits=[{"do": "add", "card": "goals", "words": second["text"]}])
        found = await result(client, "tick", task=second["id"])
        assert [node["id"] for node in found["nodes"]] == [second["id"]]
        assert second["id"] in await refusal(client, "tick", task=second["text"])


@pytest.mark.proof
async def test_an_open_app_shows_it_and_undoes_it(home: Path) -> None:
    program = [sys.executable, "-m", "lfroadmap", "plan"]
    with Terminal(program, environment(home)) as terminal:
        terminal.wait_for("^Q")
        terminal.send(keys("alt+2"))
        terminal.wait_for("Name an owner")
        async with assistant(home, "--write") as client:
            await result(client, "list_roadmaps")
            began = time.monotonic()
            await result(client, "apply", edits=[
                {"do": "add", "card": "goals", "words": "Call the bank"},
                {"do": "set", "field": "goals.link", "value": "a board of ours"},
            ])  # fmt: skip
            terminal.wait_for("□ Call the bank")
            assert time.monotonic() - began < 5  # a second, and what a busy machine adds
            terminal.wait_for("a board of ours")
        terminal.send(keys("ctrl+z"))
        terminal.wait_for(lambda text: "□ Call the bank" not in text)
        terminal.wait_for("Claude, for dana")  # what was changed lately, and by whom
        terminal.send(keys("ctrl+q"))
        assert terminal.wait_exit() == 0
    assert read(path(home)) == plan()


@pytest.mark.proof
async def test_what_is_printed_for_a_program_starts_it(home: Path) -> None:
    argv = ["--print-config", "--write", "--in", "plan", "--allow", str(home / "out"), "--allow", str(home)]
    printed = subprocess.run(
        [sys.executable, "-m", "lfroadmap", "mcp", *argv],
        env=environment(home), capture_output=True, text=True, check=True,
    )  # fmt: skip
    (server,) = json.loads(printed.stdout)["mcpServers"].values()
    program = StdioServerParameters(command=server["command"], args=server["args"], env={"HOME": str(home)})
    with (home / "errors").open("w") as errors:
        async with Client(stdio_client(program, errors), mode="legacy") as client:
            assert (await result(client, "list_roadmaps"))["total"] == 1
            assert (await result(client, "tick", task="goals.2"))["changed"]
            assert (await result(client, "export", format="csv"))["path"].startswith(str(home / "out"))


# without a program of an assistant


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return settle(home, monkeypatch)


def test_without_the_extra_it_says_how_to_get_it(
    at_home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    ran = run(capsys, "mcp")
    assert (ran.status, ran.out) == (1, "") and "lfroadmap[assistant]" in ran.err
    assert run(capsys, "mcp", "--print-config").status == 0  # which needs none


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (("mcp", "--in", "nothing"), 1, "nothing"), (("mcp", "--allow", "gone"), 2, "gone"),
        (("mcp", "--allow", "/dev/null"), 2, "/dev/null"), (("mcp", "--allow", ""), 2, "--allow"),
        (("mcp", "plan"), 2, "plan"),
    ],
)  # fmt: skip
def test_wrong_options_are_refused_before_it_serves(
    at_home: Path, capsys: Capture, argv: tuple[str, ...], status: int, said: str
) -> None:
    ran = run(capsys, *argv)
    assert (ran.status, ran.out) == (status, "") and said in ran.err


@pytest.mark.proof
def test_at_a_terminal_it_says_who_starts_it(home: Path) -> None:
    with Terminal([sys.executable, "-m", "lfroadmap", "mcp"], environment(home)) as terminal:
        terminal.wait_for("--print-config")
        assert terminal.wait_exit() == 2
