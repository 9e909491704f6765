"""What waits for what, KPIs that cards move, and tasks that come again, by commands."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run, stored, stored_card
from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.model import Card, Relation, Stage, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Language, words

NAME = "acme"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Path:
    at_home(tmp_path, monkeypatch)
    good(capsys, "new", NAME)
    return tmp_path


def tasks(home: Path) -> tuple[Task, ...]:
    return stored_card(home, NAME, "launch.pilot").tasks


def test_a_card_waits_for_another_and_a_circle_is_refused_with_its_way(home: Path, capsys: Capture) -> None:
    said = good(capsys, "wait", "scale", "--for", "Flow pilot")
    assert "waits for “Flow pilot”" in said
    good(capsys, "wait", "scale", "--for", "pilot")
    assert len(stored_card(home, NAME, "launch.scale").relations) == 1, "once is enough"
    task = tasks(home)[0].id
    refused = run(capsys, "wait", task, "--for", "scale")
    assert refused.status == 1
    assert "“Flow pilot” → “Pick one segment" in refused.err or "→ “Flow pilot” →" in refused.err
    hebrew = run(capsys, "wait", task, "--for", "scale", "--lang", "he")
    assert hebrew.status == 1 and "“" not in hebrew.err, "the quotation marks are those of the language"
    shown = good(capsys, "show")
    assert "◆ 1 blocked" in shown and "Waits for" in shown
    assert "no longer waits" in good(capsys, "wait", "scale", "--for", "pilot", "--remove")
    gone = run(capsys, "wait", "scale", "--for", "pilot", "--remove")
    assert gone.status == 1 and "does not wait" in gone.err


def test_what_is_gone_is_not_waited_for_and_can_be_let_go(home: Path, capsys: Capture) -> None:
    task = tasks(home)[0].id
    made = good(capsys, "add", "--card", "scale", "--quiet", "Call").strip()
    good(capsys, "wait", made, "--for", task)
    good(capsys, "card", "remove", "launch.pilot", "--yes")
    assert "blocked" not in good(capsys, "show")
    assert good(capsys, "wait", made, "--for", task, "--remove")
    assert stored_card(home, NAME, "launch.scale").tasks[-1].relations == ()


def exported(capsys: Capture, name: str, stage: int, language: Language = "en") -> str:
    return good(capsys, "export", name, NAME, "--stages", str(stage), "-o", "-", "--lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_part_waits_for_outside_of_it_is_counted_and_not_named(
    home: Path, capsys: Capture, language: Language
) -> None:
    task = tasks(home)[0].id
    good(capsys, "card", "rename", "strategy.goals", "Secret plan")
    for waiting, target in (("scale", "strategy.goals"), ("scale", "pilot"), (task, "data.governance")):
        good(capsys, "wait", waiting, "--for", target)
    good(capsys, "moves", "strategy.goals", "close rate")
    said = words(language)
    outside = said.plural("relation.outside", 1)
    for name in ("html", "md"):
        text = plain_text(exported(capsys, name, 4, language))
        assert "Secret plan" not in text
        pilot = Labels(stored(home, NAME).template, language).of(stored_card(home, NAME, "launch.pilot"))
        assert f"{pilot}, {outside}" in text, "a card that waits for both"
        assert said("relation.waits_for", names=outside) in text, "a task that waits for nothing here"
        assert said("relation.moved_by", cards=outside) in text
        assert said.plural("relation.blocked", 2) in text
        whole = plain_text(good(capsys, "export", name, NAME, "-o", "-", "--lang", language))
        assert outside not in whole and "Secret plan" in whole
    found = json.loads(exported(capsys, "json-analysis", 4))
    rows = {row["id"]: row for row in (*found["cards"], *found["tasks"])}
    scale = rows["launch.scale"]
    assert (scale["waits_for"], scale["waits_outside"], scale["blocked"]) == (["launch.pilot"], 1, True)
    assert (rows[task]["waits_for"], rows[task]["waits_outside"], rows[task]["blocked"]) == ([], 1, True)


def test_what_is_gone_or_done_outside_of_a_part_is_not_waited_for(home: Path, capsys: Capture) -> None:
    waiting = tasks(home)[0].id
    made = [
        good(capsys, "add", "--card", "strategy.goals", "--quiet", name).strip() for name in ("Call", "Write")
    ]
    for each in made:
        good(capsys, "wait", waiting, "--for", each)
    text = plain_text(exported(capsys, "md", 4))
    assert "2 outside of this part" in text
    good(capsys, "tick", made[0])
    assert "waits for 1 outside of this part" in plain_text(exported(capsys, "md", 4))
    good(capsys, "tick", made[1])
    text = plain_text(exported(capsys, "md", 4))
    assert "outside" not in text and "◇ ready" in text


def plain_text(text: str) -> str:
    """A page or Markdown without tags, marks of direction and escapes."""
    return clean(re.sub("<[^>]*>", " ", text)).replace("\\", "")


def test_a_kpi_shows_the_cards_that_move_it(home: Path, capsys: Capture) -> None:
    assert good(capsys, "moves", "pilot", "close rate").count("Flow pilot") == 1, "the card names itself"
    good(capsys, "tick", tasks(home)[0].id)
    shown = " ".join(good(capsys, "show").split())
    assert "moved by" in shown and "Moves KPIs" in shown
    assert good(capsys, "moves", "pilot", "close rate", "--remove")
    assert run(capsys, "moves", "pilot", "close rate", "--remove").status == 1
    assert run(capsys, "moves", "pilot", "no such thing").status == 1


def test_a_tick_makes_the_next_one_by_command_and_by_lines(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tasks(home)[0]
    assert "every week" in good(capsys, "repeat", first.id, "weekly")
    assert "the next one is due" in good(capsys, "tick", first.id)
    made = tasks(home)[1]
    assert (made.done, made.repeat, made.text) == (False, "week", first.text)
    lines = [
        {"do": "tick", "task": made.id}, {"do": "repeat", "task": tasks(home)[2].id, "rule": "10 days"},
        {"do": "tick", "task": tasks(home)[2].id}, {"do": "wait", "node": "scale", "for": "pilot"},
        {"do": "moves", "card": "scale", "kpi": "close rate"},
        {"do": "unwait", "node": "scale", "for": "pilot"},
    ]  # fmt: skip
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(map(json.dumps, lines)).encode()))
    )
    good(capsys, "apply")
    assert [(task.done, task.repeat) for task in tasks(home)[:5]] == [
        (True, "week"), (True, "week"), (False, "week"), (True, "10 days"), (False, "10 days"),
    ]  # fmt: skip
    assert [each.kind for each in stored_card(home, NAME, "launch.scale").relations] == ["moves"]
    good(capsys, "repeat", tasks(home)[4].id, "never")
    assert tasks(home)[4].repeat == ""
    assert run(capsys, "repeat", first.id, "sometimes").status == 2
    text = good(capsys, "export", "json", "-o", "-")
    content = json.loads(text)
    assert content["version"] == 8
    (home / "plan.json").write_text(text, "utf-8")
    good(capsys, "import", str(home / "plan.json"), "--name", "other")
    assert stored(home, "other").stages == stored(home, NAME).stages
    newer = text.replace('"version": 8', '"version": 9', 1)
    (home / "newer.json").write_text(newer, "utf-8")
    assert "newer" in run(capsys, "import", str(home / "newer.json"), "--name", "third").err


def test_words_of_a_task_that_came_again_mean_the_open_one(home: Path, capsys: Capture) -> None:
    good(capsys, "add", "--card", "scale", "Weekly call")
    good(capsys, "repeat", "Weekly call", "week")
    good(capsys, "tick", "Weekly call")
    good(capsys, "tick", "Weekly call")
    calls = stored_card(home, NAME, "launch.scale").tasks[-3:]
    assert [task.done for task in calls] == [True, True, False]
    good(capsys, "repeat", "Weekly call", "never")
    assert stored_card(home, NAME, "launch.scale").tasks[-1].repeat == ""
    unclear = run(capsys, "untick", "Weekly call")
    assert unclear.status == 2 and calls[0].id in unclear.err, "two of them are done"
    good(capsys, "add", "--card", "scale", "Weekly call")
    assert run(capsys, "tick", "Weekly call").status == 2, "another task of the same name"


def test_a_copy_of_a_card_waits_for_what_is_copied_with_it() -> None:

    inner = Task("t", "T", relations=(Relation("w", "waits_for", "u"), Relation("x", "waits_for", "far")))
    card = Card("c", "C", (), (inner, Task("u", "U")), relations=(Relation("m", "moves", "k"),))
    stage = Stage("s", "S", (card, Card("d", "D", relations=(Relation("v", "waits_for", "c"),))))
    copied = duplicate(stage, Labels("", "en"), lambda old: f"new {old}")
    task, first, second = copied.cards[0].tasks[0], copied.cards[0], copied.cards[1]
    assert task.relations == (Relation("new w", "waits_for", "new u"), Relation("new x", "waits_for", "far"))
    assert first.relations == (Relation("new m", "moves", "k"),)
    assert second.relations == (Relation("new v", "waits_for", "new c"),)
