"""`portfolio`: all roadmaps of the library together."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commanding import Capture, at_home, good, program, run
from damage import run_sql
from examples import is_whole_run
from filled import planned
from lfroadmap.errors import BrokenStore
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.health import agenda
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.portfolio import Member, Unreadable
from lfroadmap.roadmap.progress import tally
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.usecases.portfolio import read_library
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import LATE, NAME, SOON, filled_library, letters, one_card
from samples import hostile, sample
from terminal import environment


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    at_home(tmp_path, monkeypatch)
    return Library(tmp_path / "data")


def as_json(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - as the command prints it
    return json.loads(good(capsys, *argv, "--json"))


# ------------------------------------------------------------------ agreement with the other commands


def agree(rows: list[dict[str, Any]], found: dict[str, Any]) -> None:
    """The portfolio says of every roadmap what the list says, and its sums are theirs."""
    own = ("at_risk_cards", "at_risk_tasks")
    assert [{key: row[key] for key in row if key not in own} for row in found["roadmaps"]] == rows
    sound = [row for row in found["roadmaps"] if "error" not in row]
    for key in ("done", "total", "late_cards", "late_tasks", *own):
        assert found[key] == sum(row[key] for row in sound)
    assert len(found["late"]) == sum(row["overdue"] for row in sound)
    late = Counter(item["roadmap"] for item in found["late"])
    assert {row["name"]: row["overdue"] for row in sound if row["overdue"]} == late
    if found["owners"]:
        assert sum(share["total"] for share in found["owners"]) == found["total"]
        assert sum(share["late_cards"] + share["late_tasks"] for share in found["owners"]) == len(
            found["late"]
        )


@settings(
    deadline=None,
    max_examples=15 if is_whole_run() else 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(planned(), min_size=1, max_size=3))
def test_it_agrees_with_list_and_show(
    tmp_path_factory: pytest.TempPathFactory, roadmaps: list[Roadmap]
) -> None:
    home = tmp_path_factory.mktemp("home")
    library = Library(home / "data")
    for number, roadmap in enumerate(roadmaps):
        library.create(f"plan {number}", roadmap, "me")

    def printed(*argv: str) -> str:
        ran = program(environment(home), *argv, "--json", cwd=home)
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    found = json.loads(printed("portfolio"))
    agree(json.loads(printed("list")), found)
    for row in found["roadmaps"]:
        shown = read(printed("show", row["name"]).encode())
        assert (row["done"], row["total"]) == tally(shown)
        items = [item for item in (*found["late"], *found["next"]) if item["roadmap"] == row["name"]]
        assert [item["id"] for item in items] == [item.node.id for item in agenda(shown)]


@pytest.mark.proof
def test_it_agrees_with_the_list_about_fifty_roadmaps(library: Library, capsys: Capture) -> None:
    for number in range(50):
        library.create(f"plan {number:02}", sample("he" if number % 2 else "en"), "me")
    found = as_json(capsys, "portfolio")
    agree(as_json(capsys, "list"), found)
    assert len(found["roadmaps"]) == 50
    good(capsys, "portfolio")


@pytest.fixture
def connected() -> Iterator[list[str]]:
    """The databases that are opened."""
    paths: list[str] = []
    active = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if active and event == "sqlite3.connect":
            paths.append(str(arguments[0]))

    sys.addaudithook(note)
    yield paths
    active = False


def test_each_file_is_read_once(library: Library, capsys: Capture, connected: list[str]) -> None:
    filled_library(library)
    connected.clear()
    for line in (("portfolio",), ("portfolio", "--json"), ("export", "html", "--portfolio", "-o", "-")):
        connected.clear()
        assert run(capsys, *line).status == 0
        assert len(connected) == 3, connected
        assert len({*connected}) == 3


# ------------------------------------------------------------------ what it says


def test_people_roadmaps_and_days(library: Library, capsys: Capture) -> None:
    filled_library(library)
    found = as_json(capsys, "portfolio")
    assert [row["name"] for row in found["roadmaps"]] == ["acme", "plan", NAME]
    late = [(item["roadmap"], item["card"], item["task"], item["owner"]) for item in found["late"]]
    assert {item["day"] for item in found["late"]} == {LATE}
    assert sorted(late, key=str) == sorted(
        [(NAME, "Card", None, "Dana"), ("acme", "Card", "Sign", "Dana")], key=str
    )
    assert [(item["roadmap"], item["days"]) for item in found["next"]] == [("acme", 3), ("plan", 3)]
    dana, yossi = found["owners"]
    assert (dana["owner"], dana["roadmaps"], dana["cards"]) == ("Dana", ["acme", "plan", NAME], 3)
    assert (dana["done"], dana["total"], dana["late_cards"], dana["late_tasks"]) == (1, 2, 1, 1)
    assert (dana["first_day"], yossi["first_day"], yossi["roadmaps"]) == (LATE, SOON, ["plan"])


@pytest.mark.parametrize("name", ["dana", "DANA", "dan"])
def test_one_owner(library: Library, capsys: Capture, name: str) -> None:
    filled_library(library)
    found = as_json(capsys, "portfolio", "--owner", name)
    assert (found["owner"], len(found["owners"])) == ("Dana", 1)
    assert {item["owner"] for item in (*found["late"], *found["next"])} == {"Dana"}
    assert [row["name"] for row in as_json(capsys, "portfolio", "--owner", "yossi")["roadmaps"]] == ["plan"]
    assert "Yossi" not in good(capsys, "portfolio", "--owner", name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_who_is_not_there_or_may_be_several(
    library: Library, capsys: Capture, language: Language
) -> None:
    filled_library(library)
    library.create("more", one_card("Dana Levi", ""), "me")
    library.create("most", one_card("Dana Cohen", ""), "me")
    say = words(language)
    ran = run(capsys, "portfolio", "--owner", "levi cohen", "--lang", language)
    known = ["Dana", "Yossi", "Dana Levi", "Dana Cohen"]
    assert (ran.status, ran.out) == (1, "")
    assert letters(say("error.no_owner", name="levi cohen", known=known)) in letters(ran.err)
    ran = run(capsys, "portfolio", "--owner", "da", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    found = ["Dana", "Dana Levi", "Dana Cohen"]
    assert letters(say("error.several_owners", name="da", found=found)) in letters(ran.err)
    assert run(capsys, "portfolio", "--owner", "dana").status == 0, "a whole name is one person"


def test_an_empty_library(library: Library, capsys: Capture, tmp_path: Path) -> None:
    assert good(capsys, "portfolio") == good(capsys, "list")
    found = as_json(capsys, "portfolio")
    assert (found["roadmaps"], found["late"], found["next"], found["owners"]) == ([], [], [], [])
    ran = run(capsys, "export", "html", "--portfolio")
    assert ran.status == 1 and "lfroadmap new" in ran.err
    assert [*Path.cwd().iterdir()] == []


def test_one_roadmap(library: Library, capsys: Capture) -> None:
    library.create("plan", sample("en"), "me")
    out = good(capsys, "portfolio")
    for part in ("Plan · Acme · plan", "Name an owner", "Dana Levi", "2/4"):
        assert part in out
    assert len(as_json(capsys, "portfolio")["roadmaps"]) == 1


def test_a_file_that_goes_while_the_others_are_read_is_a_row(library: Library) -> None:
    filled_library(library)
    rows = read_library(library, words("en"), date.today(), 7)
    assert next(rows).name == "acme"
    library.path("plan").unlink()
    plan, last = rows
    assert isinstance(plan, Unreadable) and plan.error.key == "store_missing"
    assert isinstance(last, Member)
    with pytest.raises(BrokenStore):
        library.changed("plan")


def test_owners_of_all_roadmaps_are_completed(library: Library, capsys: Capture) -> None:
    filled_library(library)
    line = ["lfroadmap", "portfolio", "--owner", "", "."]
    out = good(capsys, "completion", "--words", "\n".join(line))
    assert out.splitlines() == ["Dana", "Yossi"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_damaged_and_newer_files_are_rows_with_the_reason(
    library: Library, capsys: Capture, language: Language
) -> None:
    filled_library(library)
    path = library.path("plan")
    (path.parent / "broken.roadmap").write_bytes(b"no roadmap")
    (path.parent / "empty.roadmap").write_bytes(b"")
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE updates RENAME TO renamed")
    ran = [run(capsys, command, "--json", "--lang", language) for command in ("portfolio", "list")]
    assert [each.status for each in ran] == [1, 1] and ran[0].err == ran[1].err
    found, listed = (json.loads(each.out) for each in ran)
    agree(listed, found)
    errors = {row["name"]: row["error"] for row in found["roadmaps"] if "error" in row}
    assert {*errors} == {"plan", "broken", "empty"}
    shown = run(capsys, "portfolio", "--lang", language)
    written = run(capsys, "export", "html", "--portfolio", "-o", "-", "--lang", language)
    assert (shown.status, written.status, written.err) == (1, 1, ran[0].err)
    assert letters(words(language).plural("portfolio.unread", 3)) in letters(shown.err)
    out, page = shown.out, written.out
    for name, why in errors.items():
        assert letters(why) in letters(ran[0].err)
        assert letters(f"{name}{why}") in letters(out)
        assert letters(why) in letters(re.sub("<[^>]*>", "", page))
    assert letters(words(language)("portfolio.unreadable") + "3") in letters(out)


def test_hebrew_names(library: Library, capsys: Capture) -> None:
    library.create(NAME, one_card("דנה לוי", LATE, title="צמיחה"), "me")
    found = as_json(capsys, "portfolio", "--lang", "he")
    assert (found["roadmaps"][0]["name"], found["late"][0]["owner"]) == (NAME, "דנה לוי")
    out = good(capsys, "portfolio", "--lang", "he", "--owner", "דנה")
    assert NAME in out and "דנה לוי" in out and "פורטפוליו" in out


def test_a_change_counts_before_the_log_is_taken_into_the_file(library: Library, capsys: Capture) -> None:
    path = library.create("plan", one_card("Dana", LATE), "me")
    store = Store(path, "me")
    store.start(lambda event: None)
    try:
        store.submit(SetField("c.owner", "Noa"))
        assert store.flush()
        os.utime(path, (0, 0))
        found = as_json(capsys, "portfolio")
        assert found["owners"][0]["owner"] == "Noa"
        assert found["roadmaps"][0]["changed"] > "2020"
    finally:
        assert store.close() == ()


def test_every_key_is_described() -> None:
    def undescribed(schema: dict[str, Any]) -> Iterator[str]:
        for name, each in schema.get("properties", {}).items():
            yield from [] if each.get("description") else [name]
            yield from undescribed(each)
        for each in (schema.get("items"), *schema.get("oneOf", ())):
            yield from undescribed(each) if each else ()

    assert [*undescribed(SCHEMAS["portfolio"]())] == []


def test_hostile_roadmaps_print_nothing_that_steers_a_terminal(library: Library, capsys: Capture) -> None:
    library.create("evil", hostile(), "me")
    assert "\x1b" not in good(capsys, "portfolio")
