"""A colleague in a process of its own, who edits until it is killed: says what is saved, and what came.

    python editing_process.py FILE FIELD THE_OTHERS_FIELD NUMBER     (the token on the standard input)

Sets FIELD to NUMBER, NUMBER + 1 and so on. Prints `saved N` after N is on the disk here, and `seen N` when N
of the other one has come.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from team_of_people import field
from team_person import Colleague

ADDS_EVERY = 20
PAUSE = 0.02


def edit(path: Path, token: str, own: str, other: str, number: int) -> None:
    person = Colleague(path, token)
    person.come()
    _say(f"here {field(person, own) or 0}")
    seen = 0
    while True:
        person.does(SetField(own, str(number)))
        _say(f"saved {number}")
        if number % ADDS_EVERY == 0:
            person.does(Add(Task(f"{own}{number}", "added"), "d"))
        if (came := int(field(person, other) or 0)) != seen:
            seen = came
            _say(f"seen {seen}")
        number += 1
        time.sleep(PAUSE)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _, path, own, other, number = sys.argv
    edit(Path(path), sys.stdin.readline().strip(), own, other, int(number))
