"""Every face tells what the model holds, cell for cell, whatever was typed."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable
from datetime import date, datetime
from html.parser import HTMLParser

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from lfroadmap.export import Snapshot, render
from lfroadmap.export.csv import guard, unguard
from lfroadmap.report.tables import COLUMNS
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import clean, one_line
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import EVIL, TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)


def any_roadmap(test: Callable[[Roadmap, Language], None]) -> Callable[[], None]:
    """Run a test on roadmaps of all kinds; the first brings libraries along, and so takes its time."""
    return settings(deadline=None, max_examples=60)(given(roadmaps, st.sampled_from(LANGUAGES))(test))


def rendered(roadmap: Roadmap, language: Language, name: str) -> bytes:
    return render(Snapshot(roadmap, words(language), TODAY), name)


def places(roadmap: Roadmap) -> list[tuple[Stage, Card]]:
    return [(stage, card) for stage in roadmap.stages for card in stage.cards]


def shown(typed: str) -> str | date:
    return iso_day(typed) or clean(typed)


def told_tasks(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each task as the model has it, in the columns of its table."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage, card in places(roadmap):
        above = [clean(labels.of(stage)), clean(labels.of(card))]
        for task in card.tasks:
            days = [shown(task.done_on), shown(task.due)]
            out.append([clean(task.id), *above, clean(labels.of(task)), task.done, *days, clean(task.owner)])
    return out


def told_cards(roadmap: Roadmap, language: Language) -> list[list[object]]:
    """Each card's columns up to its goals."""
    labels = Labels(roadmap.template, language)
    out: list[list[object]] = []
    for stage, card in places(roadmap):
        done, total = card_tally(card)
        share = done * 100 // total / 100 if total else 0
        owner, deadline, goals = (role_value(card, role) for role in ("owner", "deadline", "goals"))
        names = [clean(card.id), clean(labels.of(stage)), clean(labels.of(card)), clean(owner)]
        out.append([*names, shown(deadline), share, done, total, clean(goals)])
    return out


def typed_again(cell: str) -> object:
    """What a CSV cell says: sheets read TRUE and days as values."""
    return {"TRUE": True, "FALSE": False}.get(cell, iso_day(cell) or unguard(cell))


def csv_rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def sheet_rows(data: bytes, at: int) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars and checkboxes are unknown to the reader
        book = openpyxl.load_workbook(io.BytesIO(data))
    rows = [["" if cell is None else cell for cell in row] for row in book.worksheets[at].values]
    return [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]


def plain(cells: list[object]) -> list[object]:
    """As a reader gives them back that knows no days before 1900."""
    return [cell.isoformat() if isinstance(cell, date) and cell.year < 1900 else cell for cell in cells]


# ------------------------------------------------------------------ tables


@any_roadmap
def test_csv_holds_every_task(roadmap: Roadmap, language: Language) -> None:
    heads, *rows = csv_rows(rendered(roadmap, language, "csv"))
    assert heads == [words(language)(f"sheet.{name}") for name in COLUMNS["tasks"]]
    expected = told_tasks(roadmap, language)
    assert [[*map(unguard, row[:4])] for row in rows] == [row[:4] for row in expected]
    assert [[*map(typed_again, row[4:7])] for row in rows] == [
        [typed_again(str(cell)) if isinstance(cell, str) else cell for cell in row[4:7]] for row in expected
    ]


@any_roadmap
def test_csv_holds_every_card(roadmap: Roadmap, language: Language) -> None:
    _, *rows = csv_rows(rendered(roadmap, language, "csv-cards"))
    expected = told_cards(roadmap, language)
    assert [[*map(unguard, row[:4])] for row in rows] == [row[:4] for row in expected]
    assert [[float(row[5]), int(row[6]), int(row[7]), unguard(row[8])] for row in rows] == [
        row[5:] for row in expected
    ]


@any_roadmap
def test_csv_holds_every_kpi(roadmap: Roadmap, language: Language) -> None:
    labels = Labels(roadmap.template, language)
    _, *rows = csv_rows(rendered(roadmap, language, "csv-kpis"))
    assert [[*map(unguard, row[:6]), unguard(row[7]), unguard(row[8])] for row in rows] == [
        [clean(kpi.id), clean(labels.of(kpi)), clean(labels.kpi(kpi, "definition")), clean(kpi.baseline)]
        + [clean(labels.kpi(kpi, "target")), clean(kpi.current)]
        + [clean(labels.kpi(kpi, column)) for column in ("unit", "owner")]
        for kpi in roadmap.kpis
    ]
    better = {kpi.better and words(language)(f"report.{kpi.better}") for kpi in roadmap.kpis}
    assert {row[6] for row in rows} == better


@any_roadmap
def test_the_workbook_holds_every_task_card_and_kpi(roadmap: Roadmap, language: Language) -> None:
    data = rendered(roadmap, language, "xlsx")
    assert sheet_rows(data, 2)[1:] == [plain(row) for row in told_tasks(roadmap, language)]
    cards = [row[:9] for row in sheet_rows(data, 1)[1:]]
    assert cards == [plain(row) for row in told_cards(roadmap, language)]
    measures = [row[:2] for row in sheet_rows(data, 3)[1:]]
    labels = Labels(roadmap.template, language)
    assert measures == [[clean(k.id), clean(labels.of(k))] for k in roadmap.kpis]


@given(st.text() | st.sampled_from(["=1+1", "'=1", "-2", "+20%", "+20% a quarter", "@x", " =x", "'x", "-"]))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not re.match(r"\s*[=@＝＠]", guarded)
    if re.match(r"\s*[-+－＋]", guarded):
        assert re.fullmatch(r"[+-]\d[\d,.]*%?", guarded)


@each_language
def test_no_csv_cell_of_a_hostile_roadmap_is_a_formula(language: Language) -> None:
    formulas = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", '=cmd|"/c calc"!A0')
    tasks = tuple(Task(f"t{n}", text, owner=text) for n, text in enumerate(formulas))
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", tasks=tasks),)),))
    _, *rows = csv_rows(rendered(roadmap, language, "csv"))
    assert [row[3][0] for row in rows] == [row[7][0] for row in rows] == ["'"] * len(formulas)


# ------------------------------------------------------------------ the page and Markdown


class Tasks(HTMLParser):
    """The tasks of a page: their texts with line feeds for `<br>`, and whether each is done."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[bool, str]] = []
        self.depth = 0
        self.state = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        if tag == "li" and given_.get("class") in ("done", "open"):
            self.state = given_["class"] or ""
        elif self.state and tag == "span" and not given_.get("class"):
            self.found.append((self.state == "done", ""))
            self.depth = 1
        elif self.depth and tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.depth:
            self.depth, self.state = 0, ""

    def handle_data(self, data: str) -> None:
        if self.depth:
            self._add(data)

    def _add(self, data: str) -> None:
        done, text = self.found[-1]
        self.found[-1] = (done, text + data)


@any_roadmap
def test_the_page_holds_every_task(roadmap: Roadmap, language: Language) -> None:
    reader = Tasks()
    reader.feed(rendered(roadmap, language, "html").decode())
    assert reader.found == [(row[4], row[3]) for row in told_tasks(roadmap, language)]


def squeezed(text: object) -> str:
    """Markdown keeps no runs of blanks and none at the ends."""
    return " ".join(one_line(str(text)).split())


def read_markdown(data: bytes) -> list[tuple[str, str]]:
    """Each block that is text, with the tags that it stands in."""
    parser = MarkdownIt("gfm-like")
    out: list[tuple[str, str]] = []
    above: list[str] = []
    for token in parser.parse(data.decode()):
        if token.type == "inline":
            assert {child.type for child in token.children or ()} <= {
                "text", "text_special", "softbreak", "strong_open", "strong_close", "html_inline",
                "link_open", "link_close",
            }  # fmt: skip
            html = {child.content for child in token.children or () if child.type == "html_inline"}
            assert html <= {"<br>"}
            links = [str(c.attrs["href"]) for c in token.children or () if c.type == "link_open"]
            assert all(re.match("https?://", link) for link in links)
            text = "".join("\n" if c.type == "html_inline" else c.content for c in token.children or ())
            out.append((above[-1], text))
        elif token.type == "html_block":
            assert token.content.strip() in ('<div dir="rtl">', "</div>")
        elif token.nesting == 1:
            above.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            above.pop()
    return out


@any_roadmap
def test_markdown_holds_every_task_and_nothing_typed_is_markup(roadmap: Roadmap, language: Language) -> None:
    blocks = read_markdown(rendered(roadmap, language, "md"))
    tasks = [text for tag, text in blocks if tag == "paragraph" and re.match(r"\[[ x]\]", text)]
    expected = told_tasks(roadmap, language)
    assert len(tasks) == len(expected)
    for text, row in zip(tasks, expected, strict=True):
        assert squeezed(text).startswith(squeezed(f"[{'x' if row[4] else ' '}] {row[3]}"))


@each_language
def test_hostile_markdown_keeps_its_texts(language: Language) -> None:
    blocks = read_markdown(rendered(hostile(), language, "md"))
    everything = squeezed(" ".join(text for _, text in blocks))
    assert [evil for evil in EVIL if squeezed(evil) not in everything] == []


def test_only_a_whole_plain_address_is_a_link_in_markdown() -> None:
    text = rendered(sample("en"), "en", "md").decode()
    assert "<https://example.com/board?a=1&b=2>" in text
    kpi = Kpi("k", "see https://example.com and www.example.com")
    assert "](" not in (other := rendered(Roadmap("r", "R", kpis=(kpi,)), "en", "md").decode())
    assert not re.search(r"(?<!\\)://", other)


# ------------------------------------------------------------------ the calendar


@any_roadmap
def test_the_calendar_holds_every_deadline_and_due_day(roadmap: Roadmap, language: Language) -> None:
    data = rendered(roadmap, language, "ics")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    labels = Labels(roadmap.template, language)
    expected = []
    for _, card in places(roadmap):
        deadline = iso_day(role_value(card, "deadline"))
        done, total = card_tally(card)
        if deadline:
            expected.append((deadline, one_line(labels.of(card)), 0 < total == done))
        expected += [(day, one_line(labels.of(t)), t.done) for t in card.tasks if (day := iso_day(t.due))]
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    found = [
        (e["DTSTART"].dt, str(e["SUMMARY"]).removeprefix("✓ "), not e.walk("VALARM")) for e in events
    ]  # fmt: skip
    assert found == expected
    assert [e.errors for e in events if e.errors] == []
