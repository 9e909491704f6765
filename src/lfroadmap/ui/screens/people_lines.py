"""The lines of the people: what each has, what is late, and how much is due week by week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.roadmap.people import People, Person
from lfroadmap.roadmap.progress import Thresholds, tone_of
from lfroadmap.roadmap.same_people import Alike
from lfroadmap.text import one_line
from lfroadmap.ui.screens.portfolio_lines import Heading, draw_unread
from lfroadmap.ui.widgets.row_drawing import Cell, bar
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.people import week_heads
from lfroadmap.words import Words

TASKS, NUMBER = 8, 7
"""Columns of tasks done and all, and of a number below its heading at least."""
NAME, BAR, GAP, WITH_BAR = 16, 8, 2, 104
"""Columns of a name at least, of a bar and behind it, and columns of a line from which there is one."""
_STEPS = "▁▂▃▄▅▆▇█"


class Heads(NamedTuple):
    """The line with the heads of the columns."""


Line = Heading | Heads | Person | Alike


class PeopleLines:
    """The lines of people in one language, and how each is drawn."""

    def __init__(self, found: People, words: Words, thresholds: Thresholds) -> None:
        self.found, self.words, self.thresholds = found, words, thresholds
        self._weeks = week_heads(found, words)
        self._most = max((week.total for each in found.people for week in each.load.weeks), default=0)

    def all(self) -> Iterator[Line]:
        """Every line, in reading order."""
        if self.found.people:
            yield Heads()
            yield from self.found.people
        if self.found.alike:
            yield Heading()
            yield Heading(self.words("people.alike_title"), str(len(self.found.alike)))
            yield from self.found.alike

    def text(self, line: Line) -> str:
        """The words by which a line is found; of a heading none."""
        match line:
            case Person():
                return line.name or self.words("report.nobody")
            case Alike():
                return self.words("people.is_it", short=line.short, long=line.long)
            case _:
                return ""

    def draw(self, line: Line, width: int, tone: Tones) -> list[Cell]:
        """The cells of a line."""
        match line:
            case Person():
                return self._person_cells(line, width, tone)
            case Alike():
                return [Cell("   ", 3, tone("risk")), Cell(self.text(line), 0, tone("text"))]
            case Heads():
                return self._head_cells(width, tone)
            case Heading():
                return draw_unread(line, tone)

    def _shown_weeks(self, width: int) -> int:
        """How many weeks have a column of their own; the others are counted as later."""
        taken = NAME + TASKS + (BAR + GAP if width >= WITH_BAR else 0)
        taken += sum(self._size(head) for head in ("cards", "late", "later", "undated"))
        sizes, shown = [self._week_size(head) for head in self._weeks], 0
        while shown < len(sizes) and taken + sum(sizes[: shown + 1]) <= width:
            shown += 1
        return shown

    def _size(self, head: str) -> int:
        return max(cell_len(self.words(f"people.{head}")) + 2, NUMBER)

    def _week_size(self, head: str) -> int:
        return max(cell_len(head) + 2, NUMBER)

    def _head_cells(self, width: int, tone: Tones) -> list[Cell]:
        ink, words = tone("accent", bold=True), self.words
        weeks = self._weeks[: self._shown_weeks(width)]
        return [
            Cell(f" {words('report.owner')}", 0, ink),
            *([Cell("", BAR + GAP, ink)] if width >= WITH_BAR else []),
            Cell(words("people.cards"), self._size("cards"), ink, "right"),
            Cell(words("people.tasks"), TASKS, ink, "right"),
            Cell(words("people.late"), self._size("late"), ink, "right"),
            *(Cell(head, self._week_size(head), ink, "right") for head in weeks),
            Cell(words("people.later"), self._size("later"), ink, "right"),
            Cell(words("people.undated"), self._size("undated"), ink, "right"),
        ]

    def _person_cells(self, person: Person, width: int, tone: Tones) -> list[Cell]:
        share, load, shown = person.share, person.load, self._shown_weeks(width)
        counted = share.tally
        ink = tone(tone_of(counted.percent, self.thresholds) if counted.total else "border")
        later = load.later.total + sum(each.total for each in load.weeks[shown:])
        late, text, muted = load.late.total, tone("text"), tone("muted")
        name = one_line(person.name) or self.words("report.nobody")
        weeks = zip(self._weeks[:shown], load.weeks[:shown], strict=True)
        return [
            Cell(f" {name}", 0, tone("text" if person.name else "risk", bold=bool(person.name))),
            *(bar(counted.share, BAR, ink, tone("border")) if width >= WITH_BAR else []),
            *([Cell("", GAP, muted)] if width >= WITH_BAR else []),
            Cell(_or_dash(len(share.cards)), self._size("cards"), text, "right"),
            Cell(f"{counted.done}/{counted.total}" if counted.total else "—", TASKS, text, "right"),
            Cell(f"▲ {late}" if late else "—", self._size("late"), tone("late") if late else muted, "right"),
            *(Cell(self._week(each.total), self._week_size(head), text, "right") for head, each in weeks),
            Cell(_or_dash(later), self._size("later"), muted, "right"),
            Cell(_or_dash(load.undated.total), self._size("undated"), muted, "right"),
        ]

    def _week(self, total: int) -> str:
        """How much is due in a week, with a bar beside the most that somebody has in one."""
        if not total:
            return "—"
        return f"{_STEPS[(total * len(_STEPS) - 1) // self._most]} {total}"


def _or_dash(number: int) -> str:
    return str(number) if number else "—"
