"""One run of a program: what a person does in it, and what is noted."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyte

from benchmarks.programs import Program
from benchmarks.watch import Answer, Look, Watch
from tests.terminal import keys

LETTER = "z"
Samples = dict[str, list[float]]
"""Measure -> what was noted: seconds, bytes, MB."""


def letters(screen: pyte.Screen) -> int:
    """How many of the typed letters are to be seen."""
    return sum(line.count(LETTER) for line in screen.display)


def text(screen: pyte.Screen) -> tuple[str, ...]:
    """Everything that can be read, but the header with its saved mark."""
    return tuple(screen.display[1:])


def ticks(screen: pyte.Screen) -> tuple[int, ...]:
    """The marks, and the count in the card's title."""
    return (sum(line.count("☑") for line in screen.display), *(len(line) for line in ()))


def colors(screen: pyte.Screen) -> tuple[str, ...]:
    """The backgrounds down a column inside the first card: the cursor is one of them."""
    return tuple(screen.buffer[y][8].bg for y in range(screen.lines))


class Visit:
    """A program that is being watched, and the samples of this run."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.samples: Samples = defaultdict(list)
        self.watch = Watch(program.command, program.env)

    def __enter__(self):
        self.watch.__enter__()
        return self

    def __exit__(self, *_):
        self.watch.__exit__()
