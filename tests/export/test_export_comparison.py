"""A comparison as a report, a page and JSON."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from rich.console import Console

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.imports.snapshot import read
from lfroadmap.report.comparison_report import Ends, comparison_report
from lfroadmap.report.nodes import Grid, Section
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.words import LANGUAGES, Language, words
from measured import measured
from samples import hostile, sample


def compared(then: Roadmap, now: Roadmap, language: Language) -> ComparisonContext:
    return ComparisonContext(compare(then, now, language), Ends("old <b>.json", "now"), words(language))


def moved(language: Language) -> ComparisonContext:
    then = sample(language)
    steps = (
        Tick("goals.2", True, "2026-03-10"),
        SetField("goals.deadline", "2026-03-11"),
        SetKpi("k1", "current", "24"),
        SetField("goals.owner", "Noa"),
        Rename("goals.1", "Other <words>"),
    )
    return compared(then, Batch(steps).on(then), language)


def printed(comparison: ComparisonContext) -> str:
    out = io.StringIO()
    Console(file=out, width=160).print(comparison.report())
    return out.getvalue()


def test_the_terminal_tells_all_of_it() -> None:
    text = printed(moved("en"))
    for part in (
        "+25 pts · 1 task done · 1 task reworded · 1 date slipped", "33%", "66%", "+33", "Name an owner",
        "before: Choose the segments", "2026-03-01", "2026-03-11", "10 days later", "23%", "24%", "+1",
        "75% of the way", "Dana Levi", "Noa", "old <b>.json",
    ):  # fmt: skip
        assert part in text, part


def test_a_screen_shows_the_first_rows_and_counts_the_rest() -> None:
    empty = Roadmap("plan")
    comparison = compared(empty, sample("en"), "en")
    out = io.StringIO()
    Console(file=out, width=160).print(comparison.report(2))
    assert "Choose the segments" in out.getvalue() and "Set the targets" not in out.getvalue()
    assert "and 2 more" in out.getvalue()
    assert "Set the targets" in printed(comparison) and "more" not in printed(comparison)


def test_hebrew_tells_it_in_hebrew() -> None:
    text = printed(moved("he"))
    assert "משימה אחת בוצעה" in text and "נדחה ב-10 ימים" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_told_as_nothing(language: Language) -> None:
    comparison = compared(sample(language), sample(language), language)
    assert words(language)("compared.nothing") in printed(comparison)
    assert json.loads(COMPARISONS["json"](comparison))["changed"] is False


def test_json_holds_what_changed() -> None:
    body = json.loads(COMPARISONS["json"](moved("en")))
    assert (body["format"], body["version"], body["changed"]) == ("lfroadmap-comparison", 5, True)
    assert body["from"] == "old <b>.json"
    assert body["stages"][0]["before"] == {"done": 1, "total": 3, "percent": 33}
    assert body["stages"][0]["points"] == 33
    assert [task["word"] for task in body["tasks"]] == ["reworded", "done"]
    assert body["dates"][0]["days"] == 10
    assert body["kpis"][0]["moved"] == 1
    assert body["kpis"][0]["standing_after"] == {"word": "reached", "percent": 100}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_hostile_texts_runs_nothing_and_is_no_snapshot(language: Language) -> None:
    evil = hostile()
    page = COMPARISONS["html"](compared(sample(language), evil, language)).decode()
    parser = Tags()
    parser.feed(page)
    assert {"script", "img", "svg", "b"}.isdisjoint(parser.tags)
    assert re.search(rf'<html lang="{language}" dir="{words(language).direction}">', page)
    assert page == COMPARISONS["html"](compared(sample(language), evil, language)).decode()
    with pytest.raises(BrokenSnapshot):
        read(page.encode())


def test_what_became_late_is_named_with_cards_and_tasks_apart() -> None:
    roadmap = SetTask("goals.2", "due", "2026-03-20").on(sample("en"))
    days = Days(date(2026, 2, 15), date(2026, 3, 25))
    comparison = compare(roadmap, roadmap, "en", days)
    whole = ComparisonContext(comparison, Ends("then", "now"), words("en")).report()
    summary = whole.facts.pairs[2][1].text
    assert summary == "1 card, 1 task became late (Goals & <limits>, Name an owner)"
    late = next(part for part in whole.body if isinstance(part, Section) and part.id == "late")
    (grid,) = late.body
    assert late.title == "1 card, 1 task became late" and isinstance(grid, Grid)
    assert [(row[0].text, row[1].text) for row in grid.rows] == [
        ("Goals & <limits>", "2026-03-01"), ("Name an owner", "2026-03-20"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kpi_that_turned_and_measures_that_moved_are_told(language: Language) -> None:
    texts = words(language)
    found = compared(sample(language), measured(language), language)
    text, body = printed(found), json.loads(COMPARISONS["json"](found))
    assert texts.plural("compared.turned_some", 1) in text
    assert all(texts(f"compared.{part}") in text for part in ("turned", "measures"))
    assert [(each["before"], each["after"], each["day"]) for each in body["turned"]] == [
        ("42.4", "36.8", "2026-03-10")
    ]
    rate = next(each for each in body["measures"] if each["id"] == "return_rate")
    assert (rate["before"], rate["after"], rate["unit"]) == (None, 70 / 190, "share")
    page = COMPARISONS["html"](found).decode()
    assert 'id="turned"' in page and 'id="measures"' in page


def test_the_color_is_that_of_the_standing_it_is_on_and_done_tasks_say_who_and_when() -> None:
    said = words("en")
    before = sample("en")
    after = SetKpi("k2", "current", "11").on(Tick("goals.2", True, "2026-03-10").on(before))
    found = comparison_report(compare(before, after, "en"), Ends("a", "b"), said)
    kpis = next(part for part in found.body if isinstance(part, Section) and part.id == "kpis")
    (row,) = kpis.body[0].rows  # type: ignore[union-attr]
    assert (row[1].text, row[1].note, row[1].style) == ("25 days", "moving away", "")
    assert (row[-1].text, row[-1].style, row[-1].note) == ("reached", "done", "")
    done = next(part for part in found.body if isinstance(part, Section) and part.id == "tasks-done")
    assert done.body[0].rows[0][0].note == "Yossi · 2026-03-10"  # type: ignore[union-attr]
    summary = dict(found.facts.pairs)[said("compared.summary")].text
    assert "Return time: 25 days → 11 days" in summary
