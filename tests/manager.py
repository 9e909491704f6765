"""A manager at a real terminal, who reads what is shown before the next key is pressed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from lfroadmap.roadmap.model import Card, Roadmap, Task
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
