"""A week of a manager's work, typed on a real terminal: a day is a start of the program, on a later date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.roadmap.search_query import query_text
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.words import Language, words
from terminal import Terminal, as_drawn, environment, keys

PROGRAM = str(Path(sys.executable).with_name("lfroadmap"))
ON_A_DAY = """
import sys
from datetime import date
from functools import partial
import lfroadmap.ui.app as screen
from lfroadmap.main import main

day = date.fromisoformat(sys.argv[1])
screen.RoadmapApp = partial(screen.RoadmapApp, today=lambda: day)
sys.exit(main(sys.argv[2:]))
"""
"""The program on a day that is given, for all that the screen counts from today."""
NAME = "plan"
MONDAY = date.today()
LATE, SOON, REVIEW = (MONDAY + timedelta(days) for days in (-3, 4, 1))


class Plan(NamedTuple):
    """What the manager writes, and a word by which each is found."""

    bank: str
    offer: str
    offer_word: str
    review: str
    review_word: str
    dana: str
    dana_levi: str
    noa: str
    mine: str
    note: str
    friday: str


PLANS: dict[Language, Plan] = {
    "en": Plan(
        "Call the bank", "Write the offer", "offer", "Look at the week", "week", "dana", "Dana Levi", "Noa",
        "mine", "Noa brings the figures", "Before the board",
    ),
    "he": Plan(
        "להתקשר לבנק", "לכתוב הצעה", "הצעה", "סקירת השבוע", "השבוע", "דנה", "דנה לוי", "נועה",
        "שלי", "נועה מביאה את המספרים", "לפני הישיבה",
    ),
}  # fmt: skip


class Manager:
    """Somebody at a terminal, who reads what is shown before the next key."""

    def __init__(self, home: Path, language: Language) -> None:
        self.home, self.language = home, language
        self.say = words(language)
        self.plan = PLANS[language]
        self.env = environment(home, {"en": "en_US.UTF-8", "he": "he_IL.UTF-8"}[language])
        self.path = home / "data" / "roadmaps" / f"{NAME}.roadmap"
        self.before, self.behind = ("right", "left") if language == "he" else ("left", "right")
        self.terminal: Terminal

    def begin(self) -> None:
        """Make the roadmap, with a task that is late, one that is due soon, and the review."""
        self.run("new", NAME)
        first, second = (card.id for card in cards(self.stored())[:2])
        for card, text, owner, due in (
            (first, self.plan.bank, self.plan.dana, LATE),
            (first, self.plan.offer, self.plan.dana, SOON),
            (second, self.plan.review, self.plan.noa, REVIEW),
        ):
            self.run("add", "--card", card, text, "--owner", owner, "--due", due.isoformat(), "--in", NAME)

    def run(self, *argv: str) -> str:
        """What a command prints."""
        made = subprocess.run([PROGRAM, *argv], env=self.env, cwd=self.home, check=True, capture_output=True)
        return made.stdout.decode()

    @contextmanager
    def day(self, number: int) -> Iterator[date]:
        """Open the roadmap on a day of the week, and quit."""
        today = MONDAY + timedelta(number)
        command = [sys.executable, "-c", ON_A_DAY, today.isoformat()]
        with Terminal(command, self.env, cwd=self.home) as self.terminal:
            self.terminal.wait_for("^Q")
            yield today
            self.press("ctrl+q")
            assert self.terminal.wait_exit() == 0

    def press(self, *names: str) -> None:
        """Press keys one after the other."""
        self.terminal.send(keys(*names))

    def write(self, text: str, *then: str) -> None:
        """Type a text, and press keys behind it."""
        self.terminal.send(text)
        self.press(*then)

    def drawn(self, text: str) -> str:
        """A text in the order of the screen."""
        return as_drawn(text, "rtl" if self.language == "he" else "ltr")

    def sees(self, text: str) -> str:
        """Wait until the screen shows a text; all of the screen."""
        return self.terminal.wait_for(self.drawn(text))

    def sees_words(self, key: str, **values: object) -> str:
        """Wait until it shows one of the product's texts."""
        return self.sees(self.say(key, **values))

    def sees_no_more(self, key: str) -> None:
        """Wait until the first line shows a screen of this title no longer."""
        title = self.drawn(self.say(key))
        self.terminal.wait_for(lambda shown: title not in shown.splitlines()[0])

    def go_to(self, word: str, task: str) -> None:
        """Search for a task, and go there."""
        self.press("ctrl+f")
        self.sees_words("search.placeholder")
        self.write(word)
        self.sees(task)
        self.press("enter")
        self.waits_in_the_checklist()

    def waits_in_the_checklist(self) -> None:
        """Wait until the footer offers to tick."""
        key = self.drawn(self.say("command.tick"))
        self.terminal.wait_for(lambda shown: key in shown.splitlines()[-1])

    def sees_ticks(self, some: bool) -> None:
        """Wait until some task is ticked, or none; the header and the tabs have signs of their own."""
        self.terminal.wait_for(lambda shown: ("✓" in "".join(shown.splitlines()[3:])) == some)

    def choose(self, command: str) -> None:
        """Start a command from the palette."""
        self.press("ctrl+p")
        self.sees_words("palette.placeholder")
        name = self.say(f"command.{command}")
        self.write(name)
        drawn = self.drawn(name)
        self.terminal.wait_for(lambda shown: shown.count(drawn) > 1)  # in the field, and as the first result
        self.press("enter")

    def stored(self) -> Roadmap:
        """What is on the disk."""
        return read(self.path)

    def task(self, text: str, *, done: bool = False) -> Task:
        """The one task of this text that is done or open."""
        (found,) = (each for each in tasks(self.stored()) if each.text == text and each.done == done)
        return found


def tasks(roadmap: Roadmap) -> list[Task]:
    return [task for card in cards(roadmap) for task in card.tasks]


def cards(roadmap: Roadmap) -> list[Card]:
    return [card for stage in roadmap.stages for card in stage.cards]


def monday(at: Manager) -> None:
    """A late task gets a new day on the timeline, and waits for another."""
    with at.day(0) as today:
        at.press("f6")
        at.sees_words("due.title")
        at.sees(at.plan.bank)
        at.press("enter")
        at.waits_in_the_checklist()
        at.press("alt+8")
        at.sees(at.say.day(LATE))
        at.press(*[f"shift+{at.behind}"] * 5)
        at.sees(at.say.day(today + timedelta(2)))
        at.press("enter")
        at.waits_in_the_checklist()
        at.press("b")
        at.sees_words("relation.choose_waits_for", name=at.plan.bank)
        at.write(at.plan.offer_word, "enter")
        at.terminal.wait_for("◆")
    bank = at.task(at.plan.bank)
    assert bank.due == (today + timedelta(2)).isoformat()
    assert [each.target for each in bank.relations] == [at.task(at.plan.offer).id]


def tuesday(at: Manager) -> None:
    """The review comes again each week: the tick makes the next; undo takes both back, redo makes them."""
    with at.day(1):
        at.go_to(at.plan.review_word, at.plan.review)
        at.press("r")
        at.sees_words("relation.how_often", name=at.plan.review)
        at.press("enter")
        at.terminal.wait_for("↻")
        for names, done in ((("space",), True), (("ctrl+z",), False), (("ctrl+y",), True)):
            at.press(*names)
            at.sees_ticks(done)
    assert at.task(at.plan.review, done=True).due == REVIEW.isoformat()
    assert at.task(at.plan.review).due == (REVIEW + timedelta(7)).isoformat()
    assert at.task(at.plan.review).repeat == "week"


def wednesday(at: Manager) -> None:
    """What Dana has open is searched and kept under a name; the offer is ticked, and the bank is ready."""
    wanted = TaskFilter(owner=at.plan.dana, is_open=True)
    with at.day(2):
        at.press("ctrl+f")
        at.sees_words("search.placeholder")
        at.write(query_text(wanted, at.say))
        at.sees(at.plan.offer)
        at.press("tab", *[at.behind] * 6, "enter")
        at.sees_words("filter.choose_saved")
        at.press("enter")
        at.sees_words("filter.save")
        at.write(at.plan.mine, "enter")
        at.sees_words("filter.is_saved", name=at.plan.mine)
        at.press("tab", "down", "enter")
        at.waits_in_the_checklist()
        at.press("space")
        at.sees_ticks(True)
        at.terminal.wait_for(lambda shown: "◆" not in shown)
    listed = at.run("list-tasks", "--filter", at.plan.mine, "--in", NAME)
    assert at.plan.bank in listed and at.plan.offer not in listed


def thursday(at: Manager) -> None:
    """Dana has a family name everywhere, days are written in another way, and the bank has a note."""
    with at.day(3):
        at.choose("people")
        at.sees(at.plan.noa)
        at.press("r")
        at.sees_words("people.rename_title", name=at.plan.dana)
        at.press("ctrl+u")
        at.write(at.plan.dana_levi, "enter")
        at.sees_words("people.stays")
        at.press("shift+tab", "enter")
        at.sees_words("people.done", old=at.plan.dana, new=at.plan.dana_levi)
        at.press("escape")
        at.sees_no_more("people.title")
        at.press("f12")
        at.sees_words("settings.name_date_format")
        at.press("down", "down", *[at.before] * 2)
        at.sees("D/M/YYYY")
        at.press("escape")
        at.sees_no_more("settings.title")
        at.go_to(at.plan.bank, at.plan.bank)
        at.press("n")
        at.sees_words("notes.title", name=at.plan.bank)
        at.write(at.plan.note)
        at.sees(at.plan.note)
        at.press("enter")
        at.terminal.wait_for(lambda shown: shown.count(at.drawn(at.plan.note)) == 1)
        at.press("escape")
        at.sees_no_more("notes.title")
    assert 'date_format = "D/M/YYYY"' in (at.home / "config" / "settings.toml").read_text("utf-8")
    owners = {each.owner for each in tasks(at.stored())}
    assert owners == {"", at.plan.dana_levi, at.plan.noa}
    assert [note.text for note in at.task(at.plan.bank).notes] == [at.plan.note]


def friday(at: Manager) -> Path:
    """A KPI is written down, the moment named, a page made; the changes of the week are read."""
    with at.day(4) as today:
        at.press("alt+6")
        at.sees_words("command.add_kpi")
        at.press(*[at.behind] * 4, "enter")
        at.write("12", "enter")
        at.terminal.wait_for("12")
        at.choose("snapshots")
        at.sees_words("command.new_snapshot")
        at.press("a")
        at.write(at.plan.friday, "enter")
        at.sees_words("snapshots.made", name=at.plan.friday)
        at.press("escape")
        at.sees_no_more("snapshots.title")
        at.press("ctrl+e")
        at.sees("HTML")
        at.press("enter")
        at.sees(" ".join(at.say("export.written", path="").split()[:2]))
        at.press("f4")
        at.sees_words("changes.title")
        at.sees(at.plan.bank)
        at.press("escape")
    assert at.stored().kpis[0].current == "12"
    assert at.plan.friday in at.run("snapshot", NAME)
    (page,) = at.home.glob("*.html")
    assert today.isoformat() in page.name
    return page


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_week_of_work_is_there_at_its_end(tmp_path: Path, language: Language) -> None:
    at = Manager(tmp_path, language)
    at.begin()
    for work in (monday, tuesday, wednesday, thursday):
        work(at)
    page = friday(at)
    left = at.stored()
    with at.day(4):  # it opens where it was left, and shows what was done
        at.terminal.wait_for("12")
        at.go_to(at.plan.note, at.plan.note)
        at.sees(at.plan.bank)
    assert at.stored() == left
    at.run("import", str(page), "--name", "copy")
    assert read(at.path.with_name("copy.roadmap")) == left
    written = page.read_text("utf-8")
    assert all(each in written for each in (at.plan.dana_levi, at.plan.note, at.plan.review))
