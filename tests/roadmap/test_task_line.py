"""A task typed in one line, and lists that are pasted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap import task_line
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.task_line import TaskLine, owners_of, read_pasted_tasks, read_task_line
from lfroadmap.text import match_key

TODAY = date(2026, 11, 29)
OWNERS = ("Dana Levi", "Yoav", "דנה לוי", "Omer Bar", "Omer Gal")


@pytest.mark.parametrize(
    ("typed", "text", "owner", "due"),
    [
        ("Call the bank", "Call the bank", None, None),
        ("Call the bank @yoav due tomorrow", "Call the bank", "Yoav", "2026-11-30"),
        ("Call the bank due tomorrow @yoav", "Call the bank", "Yoav", "2026-11-30"),
        ("@yoav Call the bank", "Call the bank", "Yoav", None),
        ("due 31.12 call the bank", "call the bank", None, "2026-12-31"),
        ("Call @Dana Levi today", "Call today", "Dana Levi", None),
        ("Call @dana", "Call", "dana", None),
        ("Call @DANA levi", "Call", "Dana Levi", None),
        ('Call @"דָּנָה  לוי"', "Call", "דנה לוי", None),
        ("Call @omer", "Call", "omer", None),
        ("Call @noa", "Call", "noa", None),
        ('Call @"Noa Gil" due +3', "Call", "Noa Gil", "2026-12-02"),
        ("Write to dana@example.com", "Write to dana@example.com", None, None),
        ("להתקשר לבנק @דנה עד מחר", "להתקשר לבנק", "דנה", "2026-11-30"),
        ("להתקשר לבנק עד 31.12.2026", "להתקשר לבנק", None, "2026-12-31"),
        ("Say what is due to the bank", "Say what is due to the bank", None, None),
        ("Due diligence", "Due diligence", None, None),
        ("Review by Dana", "Review by Dana", None, None),
        ("Review by 2026-12-01.", "Review", None, "2026-12-01"),
        ("עד שנחליט", "עד שנחליט", None, None),
        ("due", "due", None, None),
        ("due tomorrow", "due tomorrow", None, None),
        ("@yoav", "@yoav", None, None),
        ("  two   blanks ", "two blanks", None, None),
        ("a @yoav b @noa", "a @yoav b", "noa", None),
        ("Meet @Yoavs", "Meet", "Yoavs", None),
        ("Call @dana!", "Call!", "dana", None),
        ("Call @noa: ask", "Call: ask", "noa", None),
        ("Call the bank @dana, due tomorrow.", "Call the bank", "dana", "2026-11-30"),
        ("Call the bank - due tomorrow!", "Call the bank", None, "2026-11-30"),
        ("@noa, call", "call", "noa", None),
        ("Ask @dana's team", "Ask @dana's team", None, None),
        ("Ask @yoav’s team", "Ask @yoav’s team", None, None),
        ("Ask @yoav.cohen", "Ask", "yoav.cohen", None),
        ("Follow @yoav@example.social", "Follow @yoav@example.social", None, None),
        ("Ask (@dana)", "Ask (@dana)", None, None),
        ("Write dana@dana now", "Write dana@dana now", None, None),
        ("להתקשר @\u200fדנה\u200f עד מחר", "להתקשר", "דנה", "2026-11-30"),
        ("להתקשר @נעה, עד מחר.", "להתקשר", "נעה", "2026-11-30"),
        ("Grow by 2.5 million", "Grow by 2.5 million", None, None),
        ("Grow by 5-10 percent.", "Grow by 5-10 percent.", None, None),
        ("להגדיל עד 2.5 מיליון", "להגדיל עד 2.5 מיליון", None, None),
        ("עד 31.12 להגיש", "להגיש", None, "2026-12-31"),
        ("Call due 31/2", "Call due 31/2", None, None),
        ("Call due 12/13", "Call due 12/13", None, None),
    ],
)
def test_what_a_line_says(typed: str, text: str, owner: str | None, due: str | None) -> None:
    assert read_task_line(typed, TODAY, OWNERS) == TaskLine(text, owner, due)


@given(st.text(), st.lists(st.text(max_size=5)))
def test_any_line_is_read_and_no_task_is_lost(typed: str, owners: list[str]) -> None:
    found = read_task_line(typed, TODAY, owners)
    assert bool(found.text) == bool(typed.split())


def test_owners_come_by_how_often_they_are_named() -> None:
    fields = (Field("f", role="owner", value="Noa "),)
    tasks = (Task("t", owner="Yoav"), Task("u", owner="Yoav"), Task("v"))
    roadmap = Roadmap(
        "r",
        stages=(Stage("s", cards=(Card("c", fields=fields, tasks=tasks),)),),
        kpis=(Kpi("k", owner="Avi"),),
    )
    assert owners_of(roadmap) == ("Yoav", "Avi", "Noa")


def test_spellings_of_one_owner_are_one_name() -> None:
    spelled = ("דנה", "\u200fדנה", "דנה", "Dana  Levi", "dana levi", "dana levi")
    tasks = tuple(Task(str(at), owner=owner) for at, owner in enumerate(spelled))
    roadmap = Roadmap("r", stages=(Stage("s", cards=(Card("c", tasks=tasks),)),))
    assert owners_of(roadmap) == ("dana levi", "דנה")


@pytest.mark.parametrize(
    ("line", "text", "done"),
    [
        ("Call", "Call", False),
        ("- Call", "Call", False),
        ("* Call", "Call", False),
        ("• Call", "Call", False),
        ("\t– Call", "Call", False),
        ("1. Call", "Call", False),
        ("12) Call", "Call", False),
        ("[ ] Call", "Call", False),
        ("[] Call", "Call", False),
        ("[x] Call", "Call", True),
        ("[v] Call", "Call", True),
        ("☑️ Call", "Call", True),
        ("⬜ Call", "Call", False),
        ("(3) Call", "Call", False),
        ("○ Call", "Call", False),
        ("\u200f- [x] להתקשר\u200f", "להתקשר", True),
        ("\ufeff- Call", "Call", False),
        ("[x](https://example.com) Read", "[x](https://example.com) Read", False),
        ("- [X] Call", "Call", True),
        ("☐ Call", "Call", False),
        ("☑ Call", "Call", True),
        ("✓ Call", "Call", True),
        ("- [ ] לחזור ללקוח", "לחזור ללקוח", False),
        ("2026 plan", "2026 plan", False),
        ("-5 % churn", "-5 % churn", False),
        ("[draft] Call", "[draft] Call", False),
        ("3.5 hours", "3.5 hours", False),
    ],
)
def test_a_pasted_line_is_a_task(line: str, text: str, done: bool) -> None:
    assert read_pasted_tasks(line) == ((text, done),)


def test_empty_lines_and_bullets_are_no_tasks() -> None:
    assert read_pasted_tasks("\n - \n[ ]\n  \nA\r\nB\n") == (("A", False), ("B", False))


def test_each_spelling_of_an_owner_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def spy(text: str) -> str:
        looked.append(text)
        return match_key(text)

    monkeypatch.setattr(task_line, "match_key", spy)
    tasks = tuple(Task(f"t{n}", owner=("Noa", "noa ", "Avi")[n % 3]) for n in range(999))
    roadmap = Roadmap("r", stages=(Stage("s", cards=(Card("c", tasks=tasks),)),))
    assert owners_of(roadmap) == ("Noa", "Avi")
    assert len(looked) == 4  # and once that the card has none
