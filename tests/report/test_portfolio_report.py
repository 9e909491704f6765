"""The report of a portfolio, as it is printed.

After a change that is meant, `LFROADMAP_GOLDEN=write pytest tests/report/test_portfolio_report.py` writes the
pictures again; look at the difference before it is kept.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from examples import examples
from filled import planned
from lfroadmap.bidi.printing import visual_lines
from lfroadmap.report.anchors import ROADMAP
from lfroadmap.report.formatting import count_late
from lfroadmap.report.nodes import Facts, Grid, Meters, Report, Section, Value
from lfroadmap.report.portfolio_report import portfolio_report
from lfroadmap.report.theme import THEME
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.portfolio import Portfolio
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import of_all, one_card, sample_portfolio, together, unreadable

GOLDEN = Path(__file__).parent / "golden"
several = st.lists(planned(), max_size=3)
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_width = pytest.mark.parametrize("width", [80, 120])


def report_of(portfolio: Portfolio, language: Language = "en", rows: int | None = None) -> Report:
    return portfolio_report(portfolio, words(language), rows=rows)


def printed(report: Report, width: int) -> list[str]:
    """The lines in visual order, as a terminal shows them."""
    console = Console(file=io.StringIO(), width=width, theme=THEME, legacy_windows=False)
    lines = visual_lines(report.whole(), report.direction, console)
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def sections(report: Report) -> dict[str, Section]:
    return {node.id: node for node in report.body if isinstance(node, Section)}


def grid(report: Report, name: str) -> Grid:
    return next(node for node in sections(report)[name].body if isinstance(node, Grid))


@each_language
@each_width
def test_the_printed_lines_are_those_that_were_looked_at(language: Language, width: int) -> None:
    text = "\n".join([*printed(report_of(sample_portfolio(language), language), width), ""])
    path = GOLDEN / f"portfolio.{language}.{width}.txt"
    if os.environ.get("LFROADMAP_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@examples(30)
@given(several, st.sampled_from(LANGUAGES), st.sampled_from([40, 80, 200]))
def test_no_line_is_wider_than_the_terminal(roadmaps: list[Roadmap], language: Language, width: int) -> None:
    lines = printed(report_of(of_all(roadmaps, language), language), width)
    assert [line for line in lines if cell_len(line) > width] == []


@examples(30)
@given(several)
def test_the_rows_are_those_of_the_portfolio(roadmaps: list[Roadmap]) -> None:
    found, texts = of_all(roadmaps), words("en")
    report = report_of(found)
    parts = sections(report)
    meters = [node for node in parts["progress"].body if isinstance(node, Meters)]
    assert [row.tally for node in meters for row in node.rows] == [each.tally for each in found.members]
    rows = grid(report, "roadmaps").rows if roadmaps else ()
    for row, member in zip(rows, found.members, strict=True):
        late, at_risk = (count_late(count, texts) for count in (member.health.late, member.at_risk))
        assert row[1].text == (f"▲ {late}" if late else "—")
        assert row[2].text == (f"■ {at_risk}" if at_risk else "—")
    for name, items in (("late", found.late), ("next", found.next)):
        assert (name in parts) == bool(items)
        days = [row[3].text for row in grid(report, name).rows] if items else []
        assert days == [texts.day(each.item.day) for each in items]
    shares = grid(report, "owners").rows if found.shares else ()
    assert [row[3].text for row in shares] == [
        f"{each.done}/{each.total}" if each.total else "—" for each in found.shares
    ]


def test_of_many_things_the_first_are_shown_and_the_rest_is_counted() -> None:
    plans = [one_card("Dana", f"2026-03-{day:02}") for day in (1, 2, 3, 4, 20, 21)]
    parts = sections(report_of(of_all(plans), rows=3))
    late, next_ = parts["late"].body, parts["next"].body
    assert isinstance(late[0], Grid) and [row[3].text for row in late[0].rows] == [
        "2026-03-01", "2026-03-02", "2026-03-03",
    ]  # fmt: skip
    assert late[1:] == (Value("… and 1 more", "muted"),)
    assert len(next_) == 1


@each_language
def test_a_file_that_cannot_be_read_is_a_row_with_the_reason(language: Language) -> None:
    broken = unreadable("newer")
    report = report_of(together(broken), language)
    reason = words(language).error(broken.error)
    facts = next(node for node in sections(report)["roadmaps"].body if isinstance(node, Facts))
    assert facts.pairs == (("newer", Value(reason, "late")),)
    assert (words(language)("portfolio.unreadable"), Value("1", "late")) in report.facts.pairs


@each_language
def test_an_empty_library_says_so(language: Language) -> None:
    none = Value(words(language)("portfolio.none"), "muted")
    (part,) = report_of(together(), language).body
    assert isinstance(part, Section) and part.body == (none,)


def test_one_owner_is_named_at_the_head() -> None:
    report = report_of(sample_portfolio("en").of_owner("Dana Levi"))
    assert ("Owner", Value("Dana Levi")) in report.facts.pairs
    assert [row[0].text for row in grid(report, "owners").rows] == ["Dana Levi"]
    assert {row[2].text for row in grid(report, "late").rows} == {"Dana Levi"}


def test_with_details_each_roadmap_has_an_address_of_its_own() -> None:
    found = sample_portfolio("en")
    parts = sections(portfolio_report(found, words("en"), details=True))
    each = [part.id for part in parts["each"].body if isinstance(part, Section)]
    assert each == [f"{ROADMAP}acme", f"{ROADMAP}newer", f"{ROADMAP}sales", f"{ROADMAP}{found.rows[3].id}"]
    plain = report_of(found)
    assert "each" not in sections(plain)
    assert {row[0].target for row in grid(plain, "roadmaps").rows} == {""}
