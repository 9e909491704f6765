"""What the report tells, and how it looks on a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from lfroadmap.report.nodes import Checklist, Facts, Grid, Meter, Meters, Report, Section, Value
from lfroadmap.report.report import report
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import EVIL, TODAY, hostile, sample

each_language = pytest.mark.parametrize("language", LANGUAGES)


def report_of(roadmap: Roadmap, language: Language = "en", today: date = TODAY) -> Report:
    return report(roadmap, words(language), today=today)


def drawn(node: object, width: int = 80, **options: bool) -> str:
    console = Console(file=io.StringIO(), width=width, theme=THEME, legacy_windows=False, **options)
    console.print(node)
    return console.file.getvalue()


def part(report: Report, anchor: str) -> Section:
    def under(nodes: tuple[object, ...]) -> Iterator[Section]:
        for node in nodes:
            if isinstance(node, Section):
                yield node
                yield from under(node.body)

    return next(section for section in under(report.body) if section.id == anchor)


def first(section: Section, sort: type) -> object:
    return next(node for node in section.body if isinstance(node, sort))


def all_texts(node: object) -> Iterator[str]:
    """Every string anywhere in a node."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from all_texts(item)
    elif is_dataclass(node):
        for field in fields(node):
            yield from all_texts(getattr(node, field.name))


# ------------------------------------------------------------------ what it tells


def test_the_summary_comes_first_and_then_every_stage() -> None:
    ids = [node.id for node in report_of(sample("en")).body if isinstance(node, Section)]
    assert ids == ["progress", "late", "kpis", "timeline", "stage-a", "stage-b", "owners"]


def test_what_is_not_there_is_not_told() -> None:
    assert [node.id for node in report_of(Roadmap("r", "Empty")).body] == ["progress"]


def test_progress_is_told_overall_by_stage_and_by_card() -> None:
    whole = report_of(sample("en"))
    _, overall, stages = part(whole, "progress").body
    assert isinstance(overall, Meter) and isinstance(stages, Meters)
    assert (overall.tally, overall.tone) == ((2, 4), "half")
    assert [(row.label, row.tally, row.tone, row.target) for row in stages.rows] == [
        ("A. Strategy", (1, 3), "low", "stage-a"),
        ("B. Launch", (1, 1), "high", "stage-b"),
    ]
    assert first(part(whole, "card-goals"), Meter).tally == (1, 3)


def test_the_tones_follow_the_thresholds() -> None:
    whole = report(sample("en"), words("en"), today=TODAY, thresholds=Thresholds(10, 33))
    assert first(part(whole, "stage-a"), Meter).tone == "high"


def test_what_is_late_is_told_with_who_and_since_when() -> None:
    (row,) = first(part(report_of(sample("en")), "late"), Grid).rows
    card, owner, deadline, progress = row
    assert (card.text, card.note, card.target) == ("Goals & <limits>", "A. Strategy", "card-goals")
    assert owner.text == "Dana Levi"
    assert (deadline.text, deadline.note, deadline.style) == ("2026-03-01", "14 days late", "late")
    assert (progress.text, progress.style) == ("33%", "")


def test_a_card_that_is_done_is_not_late_and_counts_no_days() -> None:
    later = report_of(sample("en"), today=date(2026, 6, 1))
    assert len(first(part(later, "late"), Grid).rows) == 2  # the card and its task
    deadline = first(part(later, "card-pilot"), Facts).pairs[0][1]
    assert deadline == Value("2026-03-29")


def test_a_form_tells_every_field_and_a_dash_for_the_empty_ones() -> None:
    pairs = dict(first(part(report_of(sample("en")), "card-pilot"), Facts).pairs)
    assert list(pairs) == ["Deadline", "Control group", "Start", "Rhythm"]
    assert pairs["Control group"].text == "—"
    assert pairs["Start"].text == "someday"
    assert pairs["Rhythm"].text == "weekly"


def test_a_choice_is_told_in_words() -> None:
    roadmap = templates.load(templates.DEFAULT).roadmap("r")
    stage, card, field = next(
        (s, c, f)
        for s in roadmap.stages
        for c in s.cards
        for f in c.fields
        if f.kind == "choice"
    )  # fmt: skip
    chosen = replace(field, value=field.options[0])
    only = replace(stage, cards=(replace(card, fields=(chosen,)),))
    shown = first(part(report_of(replace(roadmap, stages=(only,)), "he"), f"card-{card.id}"), Facts).pairs[0][
        1
    ]
    assert shown.text == templates.Labels(roadmap.template, "he").option(field, field.options[0])
    assert shown.text != field.options[0]


def test_tasks_are_told_with_who_and_when() -> None:
    items = first(part(report_of(sample("en")), "card-goals"), Checklist).items
    assert [(item.text, item.done, item.note) for item in items] == [
        ("Choose the segments", True, "2026-02-20"),
        ("Name an owner", False, "Yossi · due 2026-03-31"),
        ("Set the targets", False, ""),
    ]


def test_kpis_are_told_with_their_standing() -> None:
    rows = first(part(report_of(sample("en")), "kpis"), Grid).rows
    rate, time, close = ([(value.text, value.note, value.style) for value in row] for row in rows)
    assert rate == [
        ("Return rate", "% who came back", ""),
        ("+20% a quarter → 24%", "", ""),
        ("23%", "from 20%", ""),
        ("75% of the way", "", "muted"),
        ("Growth", "", ""),
    ]
    assert time[1:4] == [
        ("12", "lower is better", ""),
        ("25 days", "from 20 days", ""),
        ("moving away", "", "late"),
    ]
    assert close[1:] == [("—", "", "muted"), ("—", "", "muted"), ("not measured yet", "", "muted"), close[1]]


def test_a_contradiction_and_values_that_are_no_numbers_are_said_in_words() -> None:
    kpis = (
        Kpi("a", "A", target="15", baseline="12", current="11", better="down"),
        Kpi("b", "B", target="+20%", baseline="many", current="23"),
        Kpi("c", "C", target="as many as we can", baseline="9", current="soon"),
    )
    rows = first(part(report_of(Roadmap("r", "R", kpis=kpis)), "kpis"), Grid).rows
    against, unfounded, wordy = (
        [(value.text, value.note, value.style) for value in row[1:4]] for row in rows
    )
    assert against[2] == ("the target goes the other way", "", "risk")
    assert unfounded[1:] == [
        ("23", "from many · no number in it", "risk"),
        ("the baseline is no number", "", "muted"),
    ]
    assert wordy == [
        ("as many as we can", "no number in it", "risk"),
        ("soon", "no number in it · from 9", "risk"),
        ("the current value is no number", "", "muted"),
    ]


@pytest.mark.parametrize(
    ("typed", "shown"), [("23", "23%"), ("23%", "23%"), ("about 5", "about 5%"), ("?", "?")]
)
def test_a_bare_number_gets_its_unit(typed: str, shown: str) -> None:
    roadmap = Roadmap("r", "R", kpis=(Kpi("k", "K", target="5", current=typed, unit="%"),))
    assert first(part(report_of(roadmap), "kpis"), Grid).rows[0][2].text == shown


@given(roadmaps, st.sampled_from(LANGUAGES))
def test_every_text_of_the_roadmap_is_told(roadmap: Roadmap, language: Language) -> None:
    texts = list(all_texts(report_of(roadmap, language)))
    own = [card.title for stage in roadmap.stages for card in stage.cards] + [k.measure for k in roadmap.kpis]
    own += [task.text for stage in roadmap.stages for card in stage.cards for task in card.tasks]
    assert all(text in texts for text in own if text is not None and clean(text).strip())


# ------------------------------------------------------------------ how it looks on a terminal


@each_language
@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(language: Language, width: int) -> None:
    for line in drawn(report_of(sample(language), language), width).splitlines():
        assert cell_len(line) <= width


def test_it_reads_well_in_eighty_columns() -> None:
    lines = [line.rstrip() for line in drawn(report_of(sample("en"))).splitlines()]
    assert lines[0] == "Plan · Acme"
    assert "Tasks done  2 of 4" in lines
    assert "Overall progress  ━━━━━━━━━━━━━━╾──────────────  2/4   50%  ▲ late · 1 card late" in lines
    assert "  Deadline  2026-03-01  14 days late" in lines
    assert "            גרסה 2 של ה-API" in lines
    assert "  ✓  Choose the segments                                              2026-02-20" in lines
    assert any(line.startswith("KPIs ───") for line in lines)


def test_hebrew_stays_in_the_order_of_reading() -> None:
    text = drawn(report_of(sample("he"), "he"))
    assert "API גרסה 2 ו-C++ בדף /pricing" in text
    line = next(line for line in text.splitlines() if "דנה לוי" in line and "אחראי" in line)
    assert line.index("אחראי") < line.index("דנה")


def test_without_colours_the_words_say_it_all() -> None:
    plain = drawn(report_of(sample("en")), no_color=True)
    assert "\x1b" not in plain
    assert "14 days late" in plain and "33%" in plain and "moving away" in plain


def test_with_colours_the_tones_are_seen() -> None:
    coloured = drawn(report_of(sample("en")), force_terminal=True)
    assert "\x1b[31m" in coloured and "\x1b[32m" in coloured


def test_it_brings_its_styles_to_any_console() -> None:
    console = Console(file=io.StringIO(), width=80)
    console.print(report_of(sample("en")))
    assert "Plan · Acme" in console.file.getvalue()


def test_nothing_that_was_typed_reaches_the_terminal_as_a_command() -> None:
    text = drawn(report_of(hostile()), force_terminal=True, no_color=True)
    for evil in ("\x1b[31mred", "\x1b]0;", "\x9b", "\x00", "\x07", "\x08", "\u202e", "\u2067", "\u2028"):
        assert evil not in text
    assert "[red]not red[/red]" in text
    assert all(code not in text for code in map(chr, range(0x80, 0xA0)))
    assert len(EVIL) > 10


def test_an_empty_stage_and_an_empty_card_are_told() -> None:
    roadmap = Roadmap("r", "R", stages=(Stage("a", "A"), Stage("b", "B", (Card("c", "C"),))))
    text = drawn(report_of(roadmap))
    assert "0/0" in text and "No tasks yet" in text


def test_a_bar_is_full_only_when_all_is_done() -> None:
    tasks = tuple(Task(f"t{n}", "T", n > 0) for n in range(200))
    text = drawn(Meter("Bar", report_tally(tasks), "high"))
    assert "╾" in text and "99%" in text


def report_tally(tasks: tuple[Task, ...]):  # noqa: ANN201
    from lfroadmap.roadmap.progress import card_tally

    return card_tally(Card("c", tasks=tasks))
