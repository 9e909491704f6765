"""Every tab and screen in both languages and three sizes: no word is broken or runs into another.

Whatever letters stand side by side on the screen are a word that the program or the roadmap knows, whole;
only a "…" may cut one. A word broken at a line's end, two columns that touch, and the rest of an old text
under a new one are no such words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from calculators import funnel, pipeline, unit
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import CONTENT, Language, words
from matrices import quick_first
from places import ROWS, every_place
from samples import TODAY
from sitting import Sitting, sitting, template

SIZES = ((80, 24), (120, 40), (200, 60))
RUN = re.compile(r"[^\W\d_]+")
CUT = "…"
KEYS = """F Ctrl Alt Shift PgUp PgDn Ins Del Enter Esc Tab Home End Space Backspace plan here root data today
    v HTML JSON CSV XLSX SVG ICS KB lfroadmap liquid funnel deep paper"""
"""Words of names of keys and files, which stand in no list."""


def letters(text: str) -> str:
    """The text without marks above or below letters, and without marks of direction."""
    kept = (
        char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return "".join(kept)


def texts(thing: object) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        yield from (text for value in thing.values() for text in texts(value))
    elif isinstance(thing, tuple | list):
        yield from (text for value in thing for text in texts(value))
    elif is_dataclass(thing):
        yield from (text for each in fields(thing) for text in texts(getattr(thing, each.name)))


def filled(language: Language) -> Roadmap:
    """The built-in roadmap with people, days, figures and calculators."""
    owner = "Michal Avrahami" if language == "en" else "מיכל אברהמי"
    values = {"owner": owner, "deadline": (TODAY - timedelta(9)).isoformat()}

    def card(one: Card) -> Card:
        tasks = [
            replace(
                task, owner=owner, due=(TODAY + timedelta(3 * number - 5)).isoformat(), done=number % 3 == 0
            )
            for number, task in enumerate(one.tasks)
        ]
        fields = [replace(each, value=values.get(each.role, each.value)) for each in one.fields]
        return replace(one, fields=tuple(fields), tasks=tuple(tasks))

    roadmap = template()
    stages = [replace(stage, cards=tuple(map(card, stage.cards))) for stage in roadmap.stages]
    for at, each in enumerate((funnel(language), pipeline(language), unit(language))):
        first, *others = stages[at].cards
        stages[at] = replace(stages[at], cards=(replace(first, calculators=(each,)), *others))
    kpis = [replace(kpi, baseline="20", current="21.5", owner=owner) for kpi in roadmap.kpis]
    return replace(roadmap, stages=tuple(stages), kpis=tuple(kpis))


def on_top(at: Sitting) -> list[str]:
    """The lines of the screen; of one that stands over another, its own part."""
    if not at.app.screen.is_modal:
        return at.lines
    own = at.app.screen.children[0].region
    return [line[own.x : own.right] for line in at.lines[own.y : own.bottom]]


def vocabulary(at: Sitting, language: Language) -> set[str]:
    """All words that may stand on the screen."""
    labels = Labels(at.app.session.roadmap.template, language)
    sources = [
        *texts(at.app.session.roadmap),
        *texts(words(language).table),
        *texts(vars(labels)),
        *(path.read_text("utf-8") for path in CONTENT.glob("*.md")),
        *(path.read_text("utf-8") for path in (CONTENT / "templates").rglob("*.toml")),
        *texts(words("he").table), *texts(words("en").table),
        str(at.path), str(Path.cwd()), "me", KEYS, ROWS, *BUILTIN_THEMES,
    ]  # fmt: skip
    known = {word.casefold() for source in sources for word in RUN.findall(letters(source))}
    return known | {f"ב{word}" for word in known}  # in Hebrew a day stands "in" its month


def broken(lines: Iterable[str], known: set[str]) -> list[str]:
    """The runs of letters that are no known word, each with its line."""
    wrong = []
    for line in map(letters, lines):
        for match in RUN.finditer(line):
            word, around = (
                match[0].casefold(),
                line[match.start() - 1 : match.start()] + line[match.end() : match.end() + 1],
            )
            if CUT not in around and word not in known and word[::-1] not in known:
                wrong.append(f"{match[0]!r} in {line.strip()!r}")
    return wrong


@pytest.mark.proof
@pytest.mark.parametrize(
    ("language", "size"),
    quick_first([(language, size) for size in SIZES for language in ("en", "he")], quick=1),
    ids=str,
)
async def test_every_word_on_every_screen_is_whole(
    home: Path, language: Language, size: tuple[int, int]
) -> None:
    wrong = {}
    async with sitting(home, size=size, language=language, roadmap=filled(language)) as at:
        known = vocabulary(at, language)
        async for place in every_place(at, home):
            wrong[place] = broken(on_top(at), known)
    assert {where: lines for where, lines in wrong.items() if lines} == {}


def test_a_broken_word_is_found() -> None:
    known = {"customer", "name", "owner", "שלום"}
    assert broken(["Customer name", "םולש", "Cust… own", "…tomer"], known) == ["'own' in 'Cust… own'"]
    assert broken(["Custome", "r", "NameOwner"], known) == [
        "'Custome' in 'Custome'",
        "'r' in 'r'",
        "'NameOwner' in 'NameOwner'",
    ]
