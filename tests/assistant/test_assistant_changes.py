"""What an assistant changes: under whose name, in how many steps, and what it cannot do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from assisting import NAME, all_items, desk_in
from commanding import Capture, good, settle, stored, write
from lfroadmap.assistant import prompts, resources, tools
from lfroadmap.assistant.marking import unhidden
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.tree import find
from lfroadmap.store.events import Undone
from lfroadmap.store.history.queries import every, marks
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.opening import store_of
from lfroadmap.words import LANGUAGES, Language, words
from listening import Listener
from samples import sample


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path, monkeypatch)
    Library(tmp_path / "data").create("plan", sample("en"), "dana")
    return tmp_path


def path(home: Path) -> Path:
    return Library(home / "data").path("plan")


@pytest.mark.parametrize(("language", "author"), [("en", "Claude, for Dana"), ("he", "Claude, עבור Dana")])
def test_a_change_stands_under_both_names(home: Path, language: Language, author: str) -> None:
    desk = desk_in(home, may_write=True, language=language)
    tools.call(desk, "tick", {"task": "goals.2"})
    tools.call(desk, "note", {"on": "goals", "words": "Asked"})
    assert [change.author for change in every(path(home))] == [author, author]
    assert all(line["author"] == author for line in all_items(desk, "history"))
    card = find(stored(home, "plan"), "goals")
    assert card and isinstance(card.node, Card) and card.node.notes[0].author == author


@pytest.mark.parametrize("name", ["", " \u202e\n", "\x1b[31m", "x" * 500])
def test_a_name_that_says_nothing_or_too_much_is_bounded(home: Path, name: str) -> None:
    desk = desk_in(home, may_write=True)
    desk.assistant = name
    tools.call(desk, "tick", {"task": "goals.2"})
    (change,) = every(path(home))
    expected = "x" * 40 if name.startswith("x") else "assistant"
    assert change.author == f"{expected}, for Dana"


def test_each_change_is_one_step_that_the_person_undoes(home: Path) -> None:
    before = stored(home, "plan")
    desk = desk_in(home, may_write=True)
    steps: list[dict[str, Any]] = [
        {"edits": [{"do": "tick", "task": "goals.2"}, {"do": "set", "field": "goals.owner", "value": "Noa"}]},
        {"field": "goals.owner", "value": "Avi"},
        {"field": "goals.owner", "value": "Rina"},
    ]
    states = []
    for tool, given in zip(("apply", "set", "set"), steps, strict=True):
        states.append(stored(home, "plan"))
        tools.call(desk, tool, given)
    heard = Listener()
    store = store_of(path(home))  # the window of the person
    store.start(heard)
    try:
        for state in reversed(states):
            store.undo()
            assert store.flush()
            assert store.roadmap == state
        assert store.roadmap == before and heard.wait(Undone)
    finally:
        store.close()


def test_a_snapshot_is_made_before_the_first_change_and_no_other(home: Path) -> None:
    before = stored(home, "plan")
    desk = desk_in(home, may_write=True)
    tools.call(desk, "show", {})
    with pytest.raises(RoadmapError):
        tools.call(desk, "tick", {"task": "nothing of the sort"})
    assert tools.call(desk, "untick", {"task": "goals.2"})["changed"] is False
    assert marks(path(home)) == ()
    first = tools.call(desk, "tick", {"task": "goals.2"})
    second = tools.call(desk, "untick", {"task": "goals.2"})
    (mark,) = marks(path(home))
    assert first["snapshot"] == mark.name and NAME in mark.name and "snapshot" not in second
    assert desk.point("plan", mark.name).roadmap == before


def test_nothing_is_removed_without_agreement_and_nothing_for_good(home: Path, capsys: Capture) -> None:
    before = stored(home, "plan")
    desk = desk_in(home, may_write=True)
    for part in ("goals", "goals.2", "B. Launch"):
        with pytest.raises(UsageError, match="assistant_remove"):
            tools.call(desk, "remove", {"part": part})
        with pytest.raises(UsageError, match="assistant_remove"):
            tools.call(desk, "remove", {"part": part, "yes": False})
    with pytest.raises(UsageError, match="assistant_removes"):
        tools.call(desk, "apply", {"edits": [{"do": "remove_card", "card": "goals"}]})
    assert stored(home, "plan") == before
    tools.call(desk, "remove", {"part": "goals", "yes": True})
    assert find(stored(home, "plan"), "goals") is None
    (binned,) = all_items(desk, "bin")
    assert (binned["id"], binned["restorable"]) == ("goals", True)
    good(capsys, "bin", "plan", "--restore", "goals")
    assert stored(home, "plan") == before
    assert not any(tool.command == "bin" and tool.writes for tool in tools.TOOLS.values())


def test_who_only_reads_finds_no_tool_that_writes(home: Path) -> None:
    desk = desk_in(home)
    for name, tool in tools.TOOLS.items():
        if tool.writes:
            with pytest.raises(UsageError, match="assistant_only_reads"):
                tools.call(desk, name, {})
    assert not any(tool.writes or tool.exports for tool in tools.tools_of(desk).values())
    with pytest.raises(UsageError, match="assistant_no_folder"):
        tools.call(desk, "export", {"format": "md"})


def test_a_preview_changes_nothing(home: Path) -> None:
    before = path(home).read_bytes()
    edits = [
        {"do": "add", "card": "goals", "words": "Ask the bank @Dana due 2026-04-01", "id": "bank"},
        {"do": "tick", "task": "bank"},
        {"do": "remove_card", "card": "pilot"},
    ]
    found = all_items(desk_in(home), "preview", edits=edits)
    assert [each["what"] for each in found] == ["add", "tick", "remove"]
    assert path(home).read_bytes() == before
    with pytest.raises(UsageError, match="edit_line"):
        tools.call(desk_in(home), "preview", {"edits": [{"do": "tick", "task": "gone"}]})


def test_others_who_are_quicker_lose_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(home, may_write=True)
    real, done = Library.path, []

    def slow(library: Library, name: str) -> Path:
        if len(done) < 2 and name == "plan":  # between the reading and the writing, as it happens
            done.append(name)
            write(real(library, name), "avi", SetField("pilot.group", f"of Avi {len(done)}"))
        return real(library, name)

    monkeypatch.setattr(Library, "path", slow)
    tools.call(desk, "tick", {"task": "goals.2"})
    roadmap = stored(home, "plan")
    task, field = find(roadmap, "goals.2"), find(roadmap, "pilot.group")
    assert task and isinstance(task.node, Task) and task.node.done
    assert field and getattr(field.node, "value", "") == "of Avi 2"


# which roadmap


def test_a_change_says_which_roadmap_it_means(home: Path) -> None:
    library = Library(home / "data")
    library.create("other", sample("he"), "dana")
    library.remember("other", "")
    desk = desk_in(home, may_write=True)
    with pytest.raises(UsageError, match="assistant_which"):
        tools.call(desk, "tick", {"task": "goals.2"})
    tools.call(desk, "tick", {"task": "goals.2", "in": "plan"})
    assert tools.call(desk, "show", {})["roadmap"] == "other"


def test_a_session_for_one_roadmap_sees_no_other(home: Path) -> None:
    library = Library(home / "data")
    library.create("secret", sample("he"), "dana")
    library.remember("secret", "")
    desk = desk_in(home, may_write=True, only="plan")
    assert [row["name"] for row in all_items(desk, "list_roadmaps")] == ["plan"]
    assert {item["roadmap"] for item in all_items(desk, "due")} == {"plan"}
    assert tools.call(desk, "show", {})["roadmap"] == "plan"
    for name in ("show", "history", "due", "snapshots", "bin", "measures"):
        with pytest.raises(UsageError, match="assistant_only"):
            tools.call(desk, name, {"in": "secret"})
    with pytest.raises(RoadmapError) as refused:
        tools.call(desk, "due", {"owner": "nobody"})
    assert "דנה" not in words("en").error(refused.value)
    with pytest.raises(UsageError, match="no_moment"):
        tools.call(desk, "diff", {"a": "secret"})
    with pytest.raises(UsageError, match="assistant_only"):
        resources.read(desk, "lfroadmap://roadmaps/secret.md")
    assert not any("secret" in each.uri for each in resources.resources(desk))
    with pytest.raises(UsageError, match="assistant_only"):
        prompts.messages(desk, "at_risk", {"in": "secret"})


# exports


@pytest.fixture
def allowed(home: Path) -> Path:
    folder = home / "allowed"
    (folder / "below").mkdir(parents=True)
    (home / "elsewhere").mkdir()
    (folder / "way-out").symlink_to(home / "elsewhere")
    (folder / "dangling.md").symlink_to(home / "elsewhere" / "made.md")
    return folder


@pytest.mark.parametrize(
    "file",
    [
        "../plan.md", "../elsewhere/plan.md", "way-out/plan.md", "below/../../plan.md", "dangling.md",
        "nul.md", "CON.md", "com1.md", "plan.md.", "plan.md ", "plan.html", "plan", ".md", ".hidden.md",
        "a\0b.md", "plan.md:stream.md", "a\u202eb.md", "~/plan.md", "/plan.md", "/dev/null", "gone/plan.md",
        "", "x" * 300 + ".md",
    ],
)  # fmt: skip
@pytest.mark.quick_cases(5)
def test_an_export_goes_nowhere_else(
    home: Path, allowed: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home / "elsewhere"))
    before = sorted(home.rglob("*"))
    desk = desk_in(home, folders=(allowed,))
    if file == "":
        tools.call(desk, "export", {"format": "md", "file": file})  # none is named
        (new,) = set(home.rglob("*")) - set(before)
        assert new.parent == allowed
        return
    with pytest.raises(RoadmapError) as refused:
        tools.call(desk, "export", {"format": "md", "file": file})
    assert words("he").error(refused.value)
    assert sorted(home.rglob("*")) == before


def test_an_export_goes_where_it_may_and_over_nothing(home: Path, allowed: Path) -> None:
    desk = desk_in(home, folders=(home / "elsewhere", allowed))
    found = tools.call(desk, "export", {"format": "md", "file": str(allowed / "below" / "plan.md")})
    written = Path(found["path"])
    assert written == allowed / "below" / "plan.md" and "Plan" in written.read_text("utf-8")
    with pytest.raises(RoadmapError, match="assistant_file_exists"):
        tools.call(desk, "export", {"format": "md", "file": str(written)})
    first = tools.call(desk, "export", {"format": "csv-cards"})
    assert Path(first["path"]).parent == home / "elsewhere"
    if (home / "ALLOWED").exists():  # a disk that knows no case
        tools.call(desk, "export", {"format": "ics", "file": str(home / "ALLOWED" / "plan.ics")})


# resources and prompts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_resource_that_is_listed_can_be_read(home: Path, language: Language) -> None:
    desk = desk_in(home, language=language)
    for each in resources.resources(desk):
        text, mime = resources.read(desk, each.uri)
        assert text.strip() and mime == each.mime
    note = words(language)("assistant.data")
    assert resources.read(desk, "lfroadmap://roadmaps/plan.md")[0].startswith(f"> {note}")


@pytest.mark.parametrize(
    "uri",
    [
        "", "lfroadmap://", "lfroadmap://roadmaps/../plan.md", "lfroadmap://roadmaps/plan", "file:///etc/passwd",
        "lfroadmap://roadmaps/%2e%2e.json", "lfroadmap://schemas/../../x", "lfroadmap://guide/models.md",
        "lfroadmap://roadmaps/nothing.md", "lfroadmap://schemas/nothing", "x" * 100_000,
    ],
)  # fmt: skip
def test_no_other_resource_is_there(home: Path, uri: str) -> None:
    with pytest.raises(RoadmapError) as refused:
        resources.read(desk_in(home), uri)
    assert len(words("en").error(refused.value)) < 1000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", prompts.PROMPTS)
def test_a_prompt_is_there_in_both_languages(home: Path, name: str, language: Language) -> None:
    desk = desk_in(home)
    given = {"language": language, "notes": "Dana calls\u202e the bank\x1b[2J"}
    needs = prompts.PROMPTS[name].needs
    texts = prompts.messages(
        desk, name, {key: text for key, text in given.items() if key in (*needs, "language")}
    )
    assert "plan" in texts[0] and texts[0] == unhidden(texts[0])
    assert any("א" <= letter <= "ת" for letter in texts[0]) is (language == "he")
    if "notes" in needs:
        assert texts[1].endswith("Dana calls the bank") and words(language)("assistant.notes") in texts[1]
        assert "preview" in texts[0] and "apply" in texts[0]
        with pytest.raises(UsageError, match="assistant_missing"):
            prompts.messages(desk, name, {})
    with pytest.raises(UsageError, match="unknown_language"):
        prompts.messages(desk, name, {"language": "xx", **dict.fromkeys(needs, "x")})
    with pytest.raises(UsageError, match="assistant_argument"):
        prompts.messages(desk, name, {"more": os.sep})
