"""`search` and `list-tasks`: what they print, what they refuse in words, and filters under names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from checked import validate
from commanding import Capture, at_home, good, run
from lfroadmap.machine import now
from lfroadmap.roadmap.model import Card, Field, Note, Roadmap, Stage, Task
from lfroadmap.roadmap.search_query import known_filters
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean
from lfroadmap.usecases.schemas import SCHEMAS
from lfroadmap.words import LANGUAGES, Language, words


def plan() -> Roadmap:
    """A roadmap of two stages, with late tasks and two people of like names."""
    today = now().date()
    late, soon, far = ((today + timedelta(days)).isoformat() for days in (-3, 1, 60))
    pilot = Card(
        "pilot",
        "Flow pilot",
        (
            Field("po", role="owner", label="Owner", value="Dana Levi"),
            Field("pf", label="Bank", value="Leumi"),
        ),
        (
            Task("t1", "Call the bank", due=late),
            Task("t2", "Call the school", due=soon, owner="Dan Cohen"),
            Task(
                "t3", "Write to the bank", done=True, due=late, notes=(Note("n1", "סיכום עם הבנקים", "Dana"),)
            ),
        ),
    )
    scale = Card("scale", "Scale", (), (Task("t4", "לְהַתְחִיל", due=far, owner="דנה כהן"),))
    stages = (Stage("launch", "D. Launch", (pilot,)), Stage("data", "B. Data", (scale,)))
    return Roadmap("r", "Plan", "", stages)


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    at_home(tmp_path, monkeypatch)
    library = Library(tmp_path / "data")
    library.create("other", replace(plan(), id="r2"), "me")
    library.create("plan", plan(), "me")
    library.remember("plan", "")
    return library


def as_json(capsys: Capture, *argv: str) -> Any:  # noqa: ANN401 - as the command prints it
    found = json.loads(good(capsys, *argv, "--json"))
    validate(found, SCHEMAS[argv[0]]())
    return found


def tasks(capsys: Capture, *argv: str) -> list[str]:
    return good(capsys, "list-tasks", *argv, "--quiet").split()


def test_everything_with_the_words_is_printed_with_its_place(capsys: Capture) -> None:
    printed = good(capsys, "search", "bank")
    assert printed.startswith("field  Leumi")
    assert "Call the bank" in printed
    assert "D. Launch › Flow pilot" in printed
    assert printed.splitlines()[-1] == "3 results"
    assert good(capsys, "search", "Call", "school", "--quiet").split() == ["t2"]
    assert good(capsys, "search", "nothing of it") == "Nothing was found\n"


@pytest.mark.parametrize("query", ["להתחיל", "בנקימ", "סיכומ בנקים", "הבנקים"])
def test_points_and_final_letters_make_no_difference(capsys: Capture, query: str) -> None:
    assert good(capsys, "search", query, "--quiet").split() == ["t4" if "ת" in query else "n1"]


def test_filters_are_combined(capsys: Capture) -> None:
    assert tasks(capsys) == ["t1", "t2", "t3", "t4"]
    assert tasks(capsys, "--owner", "dana levi") == ["t1", "t3"]
    assert tasks(capsys, "--owner", "dana levi", "--late") == ["t1"]
    assert tasks(capsys, "--open", "--stage", "launch") == ["t1", "t2"]
    assert tasks(capsys, "--health", "at-risk") == ["t2"]
    assert tasks(capsys, "--health", "בזמן", "--text", "להתחיל") == ["t4"]
    assert tasks(capsys, "--text", "בנקים", "--in", "plan") == ["t3"], "a note is a text of its task"
    assert good(capsys, "search", "owner:levi", "is:late", "--quiet").split() == ["t1"]


def test_the_rows_say_how_it_goes_when_and_who(capsys: Capture) -> None:
    row, counted = good(capsys, "list-tasks", "--late").splitlines()
    assert row.split("  ")[:2] == ["▲", "Call the bank"]
    assert "3 days late  Dana Levi  D. Launch › Flow pilot" in row
    assert counted == "1 task"


def test_json_has_all_of_it(capsys: Capture) -> None:
    found = as_json(capsys, "list-tasks", "--owner", "dana levi", "--late")
    assert (found["count"], found["filter"]) == (1, {"owner": "dana levi", "is_late": True})
    (only,) = found["tasks"]
    assert (only["roadmap"], only["id"], only["owner"], only["days"]) == ("plan", "t1", "Dana Levi", -3)
    results = as_json(capsys, "search", "leumi")["results"]
    assert [(each["kind"], each["id"], each["text"], each["card"]) for each in results] == [
        ("field", "pf", "Leumi", "Flow pilot")
    ]


def test_all_roadmaps_are_searched_and_those_that_cannot_be_read_are_named(
    capsys: Capture, library: Library
) -> None:
    found = as_json(capsys, "search", "--all", "school")
    assert [(each["roadmap"], each["id"]) for each in found["results"]] == [("other", "t2"), ("plan", "t2")]
    assert tasks(capsys, "--all", "--late") == ["t1", "t1"]
    assert good(capsys, "search", "--all", "school").splitlines()[0].startswith("other")
    (library.folder / "roadmaps" / "broken.roadmap").write_bytes(b"no roadmap")
    ran = run(capsys, "search", "--all", "school", "--quiet")
    assert (ran.status, ran.out.split()) == (1, ["t2", "t2"])
    assert "broken" in ran.err


@pytest.mark.parametrize(
    ("argv", "key", "facts"),
    [
        (("--owner", "dan"), "several_owners", {"name": "dan", "found": ["Dan Cohen", "Dana Levi"]}),
        (
            ("--owner", "zoe"),
            "filter_no_owner",
            {"name": "zoe", "known": ["Dan Cohen", "Dana Levi", "דנה כהן"]},
        ),
        (("--stage", "zz"), "filter_no_stage", {"name": "zz", "known": ["D. Launch", "B. Data"]}),
        (("--filter", "mine"), "no_filter", {"name": "mine", "known": []}),
        (("--forget", "mine"), "no_filter", {"name": "mine", "known": []}),
        (("--save", "mine"), "filter_empty", {"name": "mine"}),
        (("--in", "plan", "--all"), "in_or_all", {}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_means_nothing_or_several_is_refused_in_words(
    capsys: Capture, argv: tuple[str, ...], key: str, facts: dict[str, Any], language: Language
) -> None:
    ran = run(capsys, "list-tasks", *argv, "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    said = words(language)(f"error.{key}", **facts)
    assert clean(said) in ran.err
    for name in facts.get("found", facts.get("known", [])):
        assert name in ran.err


def test_an_unknown_health_names_those_there_are(capsys: Capture) -> None:
    ran = run(capsys, "list-tasks", "--health", "zz")
    assert ran.status == 2
    assert all(each in ran.err for each in ("late", "at risk", "no date", "on track", "done"))
    assert run(capsys, "search").status == 2


def test_a_filter_is_kept_under_a_name_for_every_roadmap(capsys: Capture, library: Library) -> None:
    assert tasks(capsys, "--owner", "dana levi", "--save", "Dana's") == ["t1", "t3"]
    assert tasks(capsys, "--filter", "dana's", "--in", "other") == ["t1", "t3"]
    assert tasks(capsys, "--filter", "dana's", "--late") == ["t1"]
    assert tasks(capsys, "--filter", "Dana's", "--open", "--save", "DANA'S") == ["t1"]
    assert [*library.state.filters] == ["DANA'S"], "one name, however it is written"
    assert library.state.last == "plan", "nothing else of the state is lost"
    assert good(capsys, "list-tasks", "--forget", "dana's") == "The filter “DANA'S” is forgotten.\n"
    assert library.state.filters == {}


def test_a_saved_filter_that_is_not_understood_is_refused(capsys: Capture, library: Library) -> None:
    """Without the part that is not understood it would find more than it was saved for."""
    odd = {"owner": 7, "is_late": True}
    kept = {"filters": {"odd": odd, "newer": {"is_open": True, "fly": 1}, "none": 3}}
    state = library.folder / "state.json"
    state.write_text(json.dumps(kept), "utf-8")
    for language in LANGUAGES:
        for name in ("odd", "newer"):
            ran = run(capsys, "list-tasks", "--filter", name, "--in", "plan", "--lang", language)
            assert (ran.status, ran.out) == (1, "")
            said = clean(words(language)("error.filter_damaged", name=name, path=state))
            assert name in ran.err and said[-30:] in ran.err
    assert run(capsys, "list-tasks", "--filter", "none", "--in", "plan").status == 2
    found = tasks(capsys, "--open", "--save", "odd")
    assert tasks(capsys, "--filter", "odd") == found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "name"), [("is:lat bank", "is:lat"), ("owner:", "owner:"), ("due:may", "due:may")]
)
def test_a_search_names_what_is_no_filter(capsys: Capture, typed: str, name: str, language: Language) -> None:
    ran = run(capsys, "search", typed, "--in", "plan", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert name in ran.err
    for known in known_filters(words(language)):
        assert known in ran.err


def test_what_stands_between_quotation_marks_is_text(capsys: Capture) -> None:
    assert run(capsys, "search", '"is:lat"', "--in", "plan").status == 0
