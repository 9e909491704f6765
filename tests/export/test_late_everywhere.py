"""Every face counts the same late cards and tasks: what each says is compared with one model."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from icalendar import Calendar
from rich.console import Console
from test_export_tables import sheet_rows

from examples import number
from expected_rows import late_of, places, rendered
from filled import planned
from lfroadmap.export.comparison_page import COMPARISONS, ComparisonContext
from lfroadmap.report.comparison_report import Ends
from lfroadmap.report.report import report
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.health import HealthCounts, roadmap_health
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.task_line import owners_of
from lfroadmap.words import words
from pages import Element, tree
from samples import TODAY

Counts = tuple[int, int]
"""Late cards, and late tasks."""
LATE = "▲ late"


def counts_in(text: str) -> Counts:
    """The cards and tasks that a phrase names apart: `2 cards, 1 task`."""
    cards, tasks = (re.search(rf"(\d+) {kind}s?\b", text) for kind in ("card", "task"))
    return (int(cards[1]) if cards else 0, int(tasks[1]) if tasks else 0)


def added(counts: list[Counts]) -> Counts:
    return sum(cards for cards, _ in counts), sum(tasks for _, tasks in counts)


def on_the_page(roadmap: Roadmap) -> dict[str, Counts]:
    whole = tree(rendered(roadmap, "en", "html").decode())
    facts = {pair.one("dt").text(): pair.one("dd").text() for pair in whole.one("header").all("div")}
    meters = [bar.one("small").text() for bar in whole.all("section", kind="stage")]
    late = next((part for part in whole.all("section") if part.given.get("id") == "late"), None)
    return {
        "page, at its head": counts_in(facts["Late"]),
        "page, the stages": added([counts_in(text) for text in meters]),
        "page, the cards and lines": (
            len([card for card in whole.all("article") if card.one("small").text().startswith(LATE)]),
            len([line for line in lines_of(whole) if re.search(r"▲ \d+ days? late\b", line)]),
        ),
        "page, the list": rows_of(late),
    }


def lines_of(whole: Element) -> list[str]:
    checks = [line for part in whole.all("ul", kind="checks") for line in part.all("li")]
    return [remark.text() for line in checks for remark in line.all("small")]


def rows_of(late: Element | None) -> Counts:
    """Cards have a percentage in the list of what is late, tasks have none."""
    shares = [row.all("td")[-1].text() for row in late.one("tbody").all("tr")] if late else []
    return len([share for share in shares if share != "—"]), shares.count("—")


def in_tables(roadmap: Roadmap) -> dict[str, Counts]:
    top, cards, tasks, *_ = sheet_rows(rendered(roadmap, "en", "xlsx"))
    facts = {str(row[0]): row[1] for row in top[1:9]}
    heads = next(n for n, row in enumerate(top) if row[0] == "Stage" and row[1] == "Health")
    stages = [(int(str(row[5])), int(str(row[6]))) for row in top[heads + 1 :] if row[5] != ""]
    files = [
        list(csv.DictReader(io.StringIO(rendered(roadmap, "en", name).decode("utf-8-sig"), newline="")))
        for name in ("csv-cards", "csv")
    ]
    return {
        "workbook, facts": (int(str(facts["Cards late"])), int(str(facts["Tasks late"]))),
        "workbook, stages": added(stages),
        "workbook, rows": ([row[5] for row in cards].count(LATE), [row[7] for row in tasks].count(LATE)),
        "CSV": ([row["Health"] for row in files[0]].count(LATE), [r["Health"] for r in files[1]].count(LATE)),
    }


def in_words(roadmap: Roadmap) -> dict[str, Counts]:
    markdown = re.search(r"(?m)^- \*\*Late:\*\* (.*)$", rendered(roadmap, "en", "md").decode())
    console = Console(theme=THEME, width=120, file=io.StringIO(), highlight=False)
    whole = report(roadmap, words("en"), today=TODAY)
    console.print(whole)
    assert isinstance(console.file, io.StringIO)
    shown = re.search(r"(?m)^Late  +(.*)$", console.file.getvalue())
    owners = re.findall(
        r"▲ ([^|<]*?) \|", rendered(roadmap, "en", "md").decode().rpartition("## Who owns what")[2]
    )
    assert markdown and shown
    counts = {"Markdown": counts_in(markdown[1]), "show": counts_in(shown[1])}
    if owners_of(roadmap):  # else nobody has anything to be listed
        counts["owners"] = added([counts_in(cell) for cell in owners])
    return counts


def in_the_comparison(roadmap: Roadmap) -> Counts:
    """Compared with a day on which nothing was late yet."""
    comparison = compare(roadmap, roadmap, "en", Days(date.min, TODAY))
    data = COMPARISONS["json"](ComparisonContext(comparison, Ends("then", "now"), words("en")))
    changes = json.loads(data)["late"]
    assert {change["word"] for change in changes} <= {"late"}
    ids = {card.id for _, card in places(roadmap)}
    in_cards = len([change for change in changes if change["id"] in ids])
    return in_cards, len(changes) - in_cards


def in_the_calendar(roadmap: Roadmap) -> int:
    events = Calendar.from_ical(rendered(roadmap, "en", "ics")).walk("VEVENT")
    return len([event for event in events if re.search(r"\d+ days? late", str(event.get("DESCRIPTION", "")))])


@pytest.mark.proof
@settings(deadline=None, max_examples=number(25))
@given(planned())
def test_all_faces_count_the_same_late_cards_and_tasks(roadmap: Roadmap) -> None:
    expected = late_of(card for _, card in places(roadmap))
    assert roadmap_health(roadmap, TODAY).late == HealthCounts(roadmap, TODAY).overall.late == expected
    faces = on_the_page(roadmap) | in_tables(roadmap) | in_words(roadmap)
    faces["comparison"] = in_the_comparison(roadmap)
    assert faces == dict.fromkeys(faces, expected)
    assert in_the_calendar(roadmap) == sum(expected)
