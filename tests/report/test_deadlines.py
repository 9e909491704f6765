"""The timeline and who owns what."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from lfroadmap.report.deadlines import timeline
from lfroadmap.report.nodes import Grid, Section
from lfroadmap.report.report import report
from lfroadmap.report.theme import THEME
from lfroadmap.report.timeline import TICKS, Lane, Timeline, TimelineMark
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Card, Field, Kpi, Relation, Roadmap, Stage, Task
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY, sample

days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def line_of(first: date, today: date) -> Timeline:
    return Timeline("T", (Lane("a", "", (TimelineMark("a", first, "", "late"),)),), today, "today")


def drawn(node: object, **options: bool) -> str:
    console = Console(file=io.StringIO(), width=80, theme=THEME, legacy_windows=False, **options)
    console.print(node)
    return console.file.getvalue()


@given(days, days)
def test_every_day_stands_within_the_time_and_few_months_are_named(first: date, today: date) -> None:
    line = line_of(first, today)
    assert all(0 <= line.share(day) <= 1 for day in (first, today))
    assert (line.share(first) < line.share(today)) == (first < today)
    shares = [share for share, _ in line.ticks()]
    assert 1 <= len(shares) <= TICKS and shares == sorted(set(shares)) and shares[0] == 0


def test_the_months_are_named_where_they_begin() -> None:
    line = line_of(date(2026, 1, 15), date(2026, 3, 1))
    assert line.span() == (date(2026, 1, 1), date(2026, 4, 1))
    assert [name for _, name in line.ticks()] == ["1/2026", "2/2026", "3/2026"]
    assert line.ticks()[1][0] == pytest.approx(31 / 90)


def test_cards_without_a_settled_deadline_are_counted() -> None:
    whole = report(sample("en"), words("en"), today=TODAY)
    section = next(part for part in whole.body if isinstance(part, Section) and part.id == "timeline")
    line, note = section.body
    assert isinstance(line, Timeline)
    assert [(lane.label, lane.note) for lane in line.lanes] == [
        ("Goals & <limits>", "2026-03-01 · 33% · ▲ 14 days late"),
        ("Name an owner", "2026-03-31"),
        ("Pilot", "2026-03-29 · 100%"),
    ]
    assert note.text == "1 card has no deadline yet"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("first", "is_behind"), [("2026-04-01", False), ("2026-04-03", True), ("soon", False)]
)
def test_a_start_behind_the_deadline_is_said(language: Language, first: str, is_behind: bool) -> None:
    fields = (
        Field("from", "date", "start", "From", first),
        Field("by", "date", "deadline", "By", "2026-04-02"),
    )
    roadmap = Roadmap("r", "R", "", (Stage("s", "S", (Card("c", "C", fields),)),))
    said = words(language)("report.start_behind")
    whole = drawn(report(roadmap, words(language), today=TODAY))
    assert (said in whole) == is_behind
    line = timeline(roadmap, words(language), TODAY)
    assert line is not None
    behind = words(language)("timeline_tab.start_behind", day=words(language).day(date(2026, 4, 3)))
    assert (behind in line.lanes[0].note) == is_behind


def test_without_deadlines_there_is_no_timeline() -> None:
    assert timeline(Roadmap("r"), words("en"), TODAY) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_terminal_shows_days_and_today(language: Language) -> None:
    line = timeline(sample("en"), words(language), TODAY)
    text = drawn(line)
    assert text.count("│") == 3 and words(language)("date.months").split()[2] in text
    goals, task, pilot = [row for row in text.splitlines() if "│" in row]
    assert task.startswith("  ") and task.index("│") < task.index("●"), "a task below its card"
    assert goals.index("▲") < goals.index("│") and pilot.index("│") < pilot.index("✓")
    assert "╌" in goals and "╌" not in pilot and "━" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bar_runs_from_the_first_day_to_the_deadline_with_what_is_done_of_it(language: Language) -> None:
    activity = Activity({"goals": date(2026, 1, 10), "pilot": date(2026, 5, 1)})
    line = timeline(sample("en"), words(language), TODAY, activity=activity)
    assert line is not None and line.span()[0] == date(2026, 1, 1)
    starts = {mark.label: mark.start for mark in line.marks()}
    begun = {"Goals & <limits>": date(2026, 1, 10), "Name an owner": None, "Pilot": None}
    assert starts == begun, "none begins behind its deadline"
    goals = next(row for row in drawn(line).splitlines() if "▲" in row)
    done, rest = goals.count("━"), goals.count("─")
    assert done > 0 and rest > 0 and abs(done / (done + rest) - 1 / 3) < 0.2
    assert goals.index("━") < goals.index("─") < goals.index("▲") < goals.index("╌")


def test_a_bar_begins_at_the_start_that_a_card_has_where_that_is_a_day_before_its_deadline() -> None:
    def start_of(start: str) -> date | None:
        field = Field("a.s", "date", "start", "Start", start)
        one = replace(
            card("a", "", deadline="2026-04-01"), fields=(*card("a", "", deadline="2026-04-01").fields, field)
        )
        line = timeline(
            Roadmap("r", "R", stages=(Stage("s", "S", (one,)),)),
            words("en"),
            TODAY,
            activity=Activity({"a": date(2026, 1, 10)}),
        )
        assert line is not None
        return next(line.marks()).start

    assert start_of("2026-02-03") == date(2026, 2, 3)
    for no_start in ("", "soon", "2026-04-01", "2026-05-01"):
        assert start_of(no_start) == date(2026, 1, 10)


@given(days, days, st.integers(1, 90))
def test_any_time_fits_into_any_width(first: date, today: date, width: int) -> None:
    line = line_of(first, today)._replace(months=tuple(words("he")("date.months").split()))
    assert len("".join(mark.text for mark in line.scale(width))) == width
    assert len("".join(mark.text for mark in line.lane(line.lanes[0], width))) == width


def test_in_a_timeline_of_years_a_january_is_named_by_its_year() -> None:
    line = line_of(date(2026, 11, 15), date(2027, 3, 1))
    named = line._replace(months=tuple(words("en")("date.months").split()))
    assert "".join(mark.text for mark in named.scale(60)).split() == ["Nov", "Dec", "2027", "Feb", "Mar"]


def test_a_mark_tells_what_is_late_soon_and_done() -> None:
    def mark_of(deadline: str, *tasks: Task) -> TimelineMark:
        roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (card("a", "", *tasks, deadline=deadline),)),))
        line = timeline(roadmap, words("en"), TODAY)
        assert line is not None
        return next(line.marks())

    done, open_ = Task("t", "", True), Task("o", "")
    assert [mark_of(day, open_).tone for day in ("2026-03-14", "2026-03-15", "2026-03-22", "2026-03-23")] == [
        "late", "risk", "risk", "accent",
    ]  # fmt: skip
    assert mark_of("2026-03-14", done).tone == "done"
    assert mark_of("2026-03-14", open_).late and not mark_of("2026-03-15", open_).late


def test_a_printed_timeline_leads_from_what_is_waited_for_to_what_waits() -> None:
    def waiting(card_id: str, deadline: str, target: str = "") -> Card:
        relations = (Relation(f"w{card_id}", "waits_for", target),) if target else ()
        return replace(card(card_id, "", deadline=deadline), relations=relations)

    first = Stage("s", "S", (waiting("a", "2026-04-01"), waiting("b", "2026-05-01")))
    second = Stage("u", "U", (waiting("c", "2026-06-01", "a"), waiting("d", "2026-04-15", "c")))
    line = timeline(Roadmap("r", "R", stages=(first, second)), words("en"), TODAY)
    assert line is not None
    drawn = ["".join(mark.text for mark in line.linked_lane(at, 60)) for at in range(4)]
    above = ["".join(mark.text for mark in line.above(at, 60)) for at in (0, 2)]
    at = drawn[0].index("●")
    assert "│" not in drawn[0][at:] and drawn[1][at] == "│", "it goes by what is between"
    assert above[0].strip() == "" and above[1].strip() == "│" and above[1][at] == "│"
    assert drawn[2][at] == "╰" and drawn[2][at + 1 :].startswith("──") and "→●" in drawn[2]
    assert "●←" in drawn[3] and drawn[3].rstrip(" ·").endswith("╯"), "it waits for what comes behind its day"


# ------------------------------------------------------------------ who owns what


def owned(roadmap: Roadmap) -> list[list[str]]:
    whole = report(roadmap, words("en"), today=TODAY)
    section = next(part for part in whole.body if isinstance(part, Section) and part.id == "owners")
    (grid,) = section.body
    assert isinstance(grid, Grid)
    return [[value.text for value in row] for row in grid.rows]


def card(card_id: str, owner: str, *tasks: Task, deadline: str = "") -> Card:
    fields = (
        Field(f"{card_id}.o", "text", "owner", "Owner", owner),
        Field(f"{card_id}.d", "date", "deadline", "Deadline", deadline),
    )
    return Card(card_id, card_id, fields, tasks)


def test_each_person_has_their_cards_tasks_next_day_and_kpis() -> None:
    tasks = (Task("1", "", True), Task("2", ""), Task("3", "", owner="Yossi", due="2026-04-01"))
    cards = (
        card("a", "Dana Levi", *tasks, deadline="2026-05-01"),
        card("b", "dana  levi", deadline="2026-04-15"),
        card("c", "", Task("4", "")),
    )
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", cards),), kpis=(Kpi("k", "Rate", owner="Yossi"),))
    assert owned(roadmap) == [
        ["Dana Levi", "a\nb", "1/2", "—", "2026-04-15", "—"],
        ["Yossi", "—", "0/1", "—", "2026-04-01", "Rate"],
        ["no owner yet", "c", "0/1", "—", "—", "—"],
    ]


def test_a_name_with_invisible_marks_is_the_same_persons() -> None:
    cards = (card("a", "דנה", Task("1", "")), card("b", "\u200fדנה \u200f", Task("2", "", owner="דנה\u200f")))
    assert owned(Roadmap("r", "R", stages=(Stage("s", "S", cards),))) == [
        ["דנה", "a\nb", "0/2", "—", "—", "—"]
    ]


def test_what_is_done_is_nobodys_next_day() -> None:
    done = card("a", "Dana", Task("1", "", True, due="2026-03-20"), deadline="2026-03-20")
    assert owned(Roadmap("r", "R", stages=(Stage("s", "S", (done,)),))) == [
        ["Dana", "a", "1/1", "—", "—", "—"]
    ]


def test_what_is_late_is_counted_for_its_owner() -> None:
    tasks = (Task("1", "", owner="Yossi", due="2026-03-01"), Task("2", "", due="2026-03-02"))
    roadmap = Roadmap(
        "r", "R", stages=(Stage("s", "S", (card("a", "Dana", *tasks, deadline="2026-03-03"),)),)
    )
    assert [(row[0], row[3]) for row in owned(roadmap)] == [
        ("Dana", "▲ 1 card, 1 task"),
        ("Yossi", "▲ 1 task"),
    ]


def test_where_nobody_owns_anything_it_is_not_told() -> None:
    roadmap = Roadmap("r", "R", stages=(Stage("s", "S", (card("a", " "),)),))
    whole = report(roadmap, words("en"), today=TODAY)
    assert "owners" not in [part.id for part in whole.body if isinstance(part, Section)]
