"""Roadmaps with texts in Hebrew and English, and a search that looks through all of them plainly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from hypothesis import strategies as st

from lfroadmap.roadmap.model import (
    CHILDREN,
    ROW_VALUES,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Measurement,
    Node,
    Note,
    Reading,
    Roadmap,
    Stage,
    Task,
)

FINALS = dict(zip("ךםןףץ", "כמנפצ", strict=True))
POINTS = "\u05b0\u05b7\u05bc\u05c1"
LETTERS = "אבכךמםנןפףצץ aAbBcCéÉ -"
words = st.text(LETTERS + POINTS, min_size=1, max_size=12)


@st.composite
def pointed(draw: st.DrawFn, text: str) -> str:
    """The text as somebody else would write it: with points, in another case, with other final letters."""
    out = []
    for letter in text:
        others = [letter, letter.swapcase(), *(a + b for a, b in FINALS.items() if letter in (a, b))]
        written = draw(st.sampled_from(others))
        written = (
            written if len(written) == 1 or written == letter.swapcase() else draw(st.sampled_from(written))
        )
        point = draw(st.sampled_from(["", "", *POINTS])) if "א" <= written <= "ת" else ""
        out.append(written + point)
    return "".join(out)


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """A small roadmap in which everything that has a text has one."""
    number = iter(range(1000))

    def some(kind: st.SearchStrategy[object], most: int = 3) -> tuple:  # type: ignore[type-arg]
        return tuple(draw(st.lists(kind, max_size=most)))

    def new() -> str:
        return f"n{next(number)}"

    note = st.builds(Note, st.builds(new), words, words)
    task = st.builds(Task, st.builds(new), words, owner=words, notes=st.lists(note, max_size=2).map(tuple))
    field = st.builds(Field, st.builds(new), label=words, value=st.one_of(words, st.just("")))
    row = st.builds(CalculatorRow, st.builds(new), words, stage=words, value=words)
    calculator = st.builds(
        Calculator, st.builds(new), st.just("pipeline"), words, st.lists(row, max_size=2).map(tuple)
    )
    card = st.builds(
        Card,
        st.builds(new),
        words,
        st.lists(field, max_size=2).map(tuple),
        st.lists(task, max_size=3).map(tuple),
        st.lists(note, max_size=2).map(tuple),
        st.lists(calculator, max_size=1).map(tuple),
    )
    stage = st.builds(Stage, st.builds(new), words, st.lists(card, max_size=2).map(tuple))
    reading = st.builds(Reading, st.builds(new), words)
    kpi = st.builds(
        Kpi,
        st.builds(new),
        words,
        words,
        words,
        words,
        words,
        words,
        unit=words,
        readings=st.lists(reading, max_size=2).map(tuple),
    )
    measurement = st.builds(Measurement, st.builds(new), words)
    return Roadmap("r", draw(words), "", some(stage), some(kpi, 2), some(measurement, 2))


def plainly(text: str) -> str:
    """The text without case, points and final letters; found letter by letter."""
    letters = (each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return "".join(FINALS.get(each, each) for each in "".join(letters).lower())


def texts_of(node: Node | Roadmap) -> tuple[str, ...]:
    """All texts that a person wrote into a node itself; the values by day of a KPI stand in it."""
    match node:
        case Roadmap() | Stage() | Card() | Measurement():
            found: tuple[str | None, ...] = (node.title,)
        case Calculator():
            found = (node.title, "pipeline")
        case CalculatorRow():
            found = (node.name, *(getattr(node, column) for column in ROW_VALUES))
        case Field():
            found = (node.label, node.value)
        case Task():
            found = (node.text, node.owner)
        case Note():
            found = (node.text, node.author)
        case Kpi():
            columns = (node.measure, node.definition, node.baseline, node.target, node.current, node.unit)
            found = (*columns, node.owner, *(reading.value for reading in node.readings))
        case _:
            found = ()
    return tuple(each for each in found if each)


def every(node: Node | Roadmap) -> Iterator[Node | Roadmap]:
    """A node with all that stands in it, in reading order."""
    if not isinstance(node, Reading):
        yield node
        for name, _ in CHILDREN[type(node)]:
            for child in getattr(node, name):
                yield from every(child)


def found_plainly(roadmap: Roadmap, query: str) -> set[str]:
    """Ids of the nodes of which the texts have all the words."""
    wanted = plainly(query).split()
    return {
        node.id
        for node in every(roadmap)
        if all(any(word in plainly(text) for text in texts_of(node)) for word in wanted)
    }
