"""The report of a measurement, as it is printed and by its nodes.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/report/test_flows_report.py` writes the
pictures again; look at the difference before it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_portfolio_report import printed

from examples import examples
from lfroadmap.report.flows.figures import (
    DIRECTIONS,
    HEADLINE,
    change,
    format_change,
    format_figure,
)
from lfroadmap.report.flows.flows_report import MEASURES_OF, PREFIX, flows_report
from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, figures_from
from lfroadmap.roadmap.model import Measurement
from lfroadmap.words import LANGUAGES, Language, words
from measured import BEFORE, LISTS, NOW, figures, measured, measurement

GOLDEN = Path(__file__).parent / "golden"
each_language = pytest.mark.parametrize("language", LANGUAGES)


def report_of(
    found: FlowFigures, language: Language = "en", past: Sequence[Measurement] = (), day: str = ""
) -> Report:
    texts = words(language)
    body = tuple(flows_report(found, texts, past, day))
    return Report(texts("flows.title"), language, texts.direction, Facts(()), body)


def sections(found: FlowFigures, past: Sequence[Measurement] = ()) -> dict[str, Section]:
    nodes = flows_report(found, words("en"), past)
    return {node.id.removeprefix(PREFIX): node for node in nodes if isinstance(node, Section)}


def texts_in(node: Node) -> list[str]:
    """Every text of the facts and tables in a node."""
    match node:
        case Section(body=body):
            return [text for each in body for text in texts_in(each)]
        case Facts(pairs=pairs):
            return [text for label, value in pairs for text in (label, value.text, value.note)]
        case Grid(heads=heads, rows=rows):
            return [*heads, *(text for row in rows for value in row for text in (value.text, value.note))]
        case Value(text=text):
            return [text]
        case _:
            return []


@each_language
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.quick_cases(1)
def test_the_printed_lines_are_those_that_were_looked_at(language: Language, width: int) -> None:
    roadmap = measured(language, channel="mail", segment="plan=pro", since="2026-01-01")
    found = figures(channel="mail", segment="plan=pro", since="2026-01-01")
    report = report_of(found, language, roadmap.measurements, "2026-03-10")
    text = "\n".join([*printed(report, width), ""])
    path = GOLDEN / f"flows.{language}.{width}.txt"
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_the_parts_are_in_the_order_of_reading_and_have_their_measures() -> None:
    found = [*sections(figures(), measured("en").measurements)]
    assert found == [
        "headline", "trends", "entry_points", "exit_points", "funnel", "paths", "attribution",
        "cost_per_channel", "bottleneck", "return_curve", "comeback", "cohorts", "movers", "hot_cold",
    ]  # fmt: skip
    assert [*MEASURES_OF] == [part for part in found if part != "trends"]


def headline_row(found: FlowFigures, id: str) -> list[str]:
    (grid,) = (node for node in sections(found)["headline"].body if isinstance(node, Grid))
    (row,) = (row for row in grid.rows if row[1].measure == id)
    return [text for value in row[1:] for text in (value.text, value.note, value.style)]


@pytest.mark.parametrize(
    ("id", "row"),
    [
        ("return_rate", ["36.84%", "70 of 190", "", "42.42%", "", "", "-5.58 pts", "worse", "late"]),
        ("return_days_median", ["48 days", "", "", "51.5 days", "", "", "-3.5 days", "better", "done"]),
        ("cac", ["2.33 ₪", "315 of 135", "", "1.85 ₪", "", "", "+0.48 ₪", "worse", "late"]),
        ("at_risk", ["3", "", "", "7", "", "", "-4", "better", "done"]),
        ("events", ["920", "", "", "870", "", "", "+50", "", ""]),
        ("exits", ["220", "", "", "—", "", "muted", "—", "", "muted"]),
        ("cross_sell_rate", ["undefined", "0 of 0", "muted", "—", "", "muted", "—", "", "muted"]),
        ("interaction_quality", ["2.21", "", "", "2.21", "", "", "no change", "", "muted"]),
    ],
)
def test_a_measure_stands_beside_the_period_before_and_says_whether_it_got_better(
    id: str, row: list[str]
) -> None:
    assert headline_row(figures(), id) == row


def test_filters_are_named_and_their_absence_is_not() -> None:
    def labels(found: FlowFigures) -> list[str]:
        return [
            label
            for label, _ in next(n for n in flows_report(found, words("en")) if isinstance(n, Facts)).pairs
        ]

    assert [label for label in labels(figures()) if label.startswith("Only")] == []
    of = figures(channel="mail", segment="plan=pro", since="2026-01-01")
    assert [label for label in labels(of) if label.startswith("Only")] == [
        "Only the channel",
        "Only the segment",
        "Only since",
    ]


def test_without_a_period_before_there_is_nothing_to_compare_with() -> None:
    (note, grid) = sections(figures(before={}))["headline"].body
    assert isinstance(note, Value) and note.text == words("en")("flow_figures.nothing_before")
    assert isinstance(grid, Grid) and {row[3].text for row in grid.rows} == {"—"}


def test_movers_are_an_association_with_counts() -> None:
    found = texts_in(sections(figures())["movers"])
    assert words("en")("flows.about_movers") in found
    assert {"40 of 40", "105 of 270", "100%", "38.89%"} <= {*found}


def test_a_cut_list_says_how_much_more_there_is() -> None:
    assert "… and 32 more" in texts_in(sections(figures())["paths"])


def test_returns_by_model_have_one_row_a_channel() -> None:
    credits, returns = (n for n in sections(figures())["attribution"].body if isinstance(n, Grid))
    assert [row[0].text for row in credits.rows] == ["ads", "mail", "webinar"]
    assert [[value.text for value in row[:3]] for row in returns.rows] == [
        ["ads", "195", "100%"],
        ["webinar", "120", "-100%"],
    ]
    assert len(returns.heads) == 8


def test_a_model_of_which_rows_were_cut_is_left_out() -> None:
    cut = figures(lists=LISTS | {"roi": LISTS["roi"][:3]})
    _, returns = (n for n in sections(cut)["attribution"].body if isinstance(n, Grid))
    assert returns.heads == ("Channel", "Cost (₪)", "first")


def test_only_measurements_with_the_same_filters_make_a_line() -> None:
    mail = figures(BEFORE, channel="mail")
    days = ("2026-01-10", "2026-02-10", "2026-03-10")
    of = (figures(BEFORE), mail, figures())
    past = [measurement(day, found) for day, found in zip(days, of, strict=True)]
    (lines,) = sections(figures(), past)["trends"].body
    assert isinstance(lines, Sparklines)
    assert {len(row.points) for row in lines.rows} == {2}
    assert "Interaction quality" not in {row.name for row in lines.rows}  # it did not move
    assert "trends" not in sections(mail, past)


def test_a_day_that_was_measured_twice_counts_once_with_its_last_figures() -> None:
    first = measurement("2026-02-10", figures(BEFORE))
    again = replace(
        first, id="again", time="2026-02-10T23:00:00.000Z", figures=measurement("x", figures()).figures
    )
    assert "trends" not in sections(figures(), [first, again, measurement("2026-03-10", figures())])


@pytest.mark.parametrize("id", DIRECTIONS)
def test_a_measure_that_moved_in_its_better_direction_got_better(id: str) -> None:
    less, more = (Figure(value, None, None, "share") for value in (0.2, 0.3))
    better = DIRECTIONS[id]
    judged = [found.judgement for found in (change(id, more, less), change(id, less, more)) if found]
    assert judged == (["better", "worse"] if better == "up" else ["worse", "better"])
    assert id in HEADLINE


numbers = st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-(10**9), 10**9)


@examples(100)
@given(numbers, numbers, st.sampled_from(["share", "days", "money", "weight", "events"]))
def test_a_change_has_its_sign_and_nothing_is_no_change(now: float, before: float, unit: str) -> None:
    found = change("events", *(Figure(number, None, None, unit) for number in (now, before)))
    assert found is not None
    shown = format_change(found, "₪", words("en"))
    assert shown[:1] in "+-" if now != before else shown == "no change"
    assert format_figure(None, unit, "₪", words("he")) == "לא מוגדר"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
cells = st.sampled_from([name for rows in LISTS.values() if isinstance(rows, list) for name in rows[0]])
rows = st.lists(st.dictionaries(cells, json_values, max_size=8), max_size=12)


@examples(60)
@given(st.dictionaries(st.sampled_from([*LISTS]), rows | json_values, max_size=5), st.sampled_from(LANGUAGES))
def test_whatever_a_file_has_for_figures_is_printed_within_the_width(
    lists: dict[str, Any], language: Language
) -> None:
    plain = {"lists": lists, "measures": {"events": {"value": 1}}, "parameters": {"gap_days": "x"}}
    found = figures_from(plain)
    assert found is not None
    assert [line for line in printed(report_of(found, language), 60) if cell_len(line) > 60] == []


@examples(30)
@given(
    st.dictionaries(
        st.sampled_from([*NOW, "later_measure"]), st.builds(Figure, st.none() | numbers, numbers, numbers)
    )
)
def test_measures_alone_are_enough(of: dict[str, Figure]) -> None:
    found = FlowFigures(measures=of, before=of)
    assert printed(report_of(found), 80)


@each_language
def test_days_have_the_form_of_their_number(language: Language) -> None:
    shown = [format_figure(n, "days", "", words(language)) for n in (1, 2, 1.5)]
    assert shown == (
        ["1 day", "2 days", "1.5 days"] if language == "en" else ["יום אחד", "יומיים", "1.5 ימים"]
    )
    found = change("return_days_median", *(Figure(n, None, None, "days") for n in (1, 2)))
    assert found is not None
    assert format_change(found, "", words("en")) == "-1 day"
