"""The page and Markdown agree with the model, cell for cell: figures, fields, tasks, KPIs, owners, days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from examples import examples
from filled import Cell, Model, planned, shown
from lfroadmap.export import ExportContext, render
from lfroadmap.report.first_screen import DAYS
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line, without_direction_marks
from lfroadmap.words import LANGUAGES, Language, words
from pages import Element, tree
from samples import TODAY


def any_plan(test: Callable[[Roadmap, Language], None]) -> Callable[[], None]:
    return examples(50)(given(planned(), st.sampled_from(LANGUAGES))(test))


# ------------------------------------------------------------------ the page


def page(roadmap: Roadmap, language: Language) -> Element:
    return tree(render(ExportContext(roadmap, words(language), TODAY), "html").decode())


def part(whole: Element, name: str) -> Element | None:
    return next((element for element in whole.under() if element.given.get("id") == name), None)


def without_calculators(article: Element) -> Element:
    """A card without its parts that have headings of their own."""
    inside = [part for part in article.inside if isinstance(part, str) or part.tag != "section"]
    assert len(article.all("h4")) == len(article.inside) - len(inside)
    return Element(article.tag, article.given, inside)


def meter(element: Element) -> tuple[int, int, int]:
    """The figures of a bar, which the bar itself must agree with."""
    done, total = map(int, element.one("bdi", "count").text().split("/"))
    bar = element.one("progress").given
    assert (bar["value"], bar["max"]) == (str(done), str(max(total, 1)))
    return done, total, int(element.one("bdi", "percent").text().removesuffix("%"))


def rows(whole: Element, name: str) -> list[list[Cell]]:
    found = part(whole, name)
    return (
        [[cell.cell() for cell in row.all("th", "td")] for row in found.one("tbody").all("tr")]
        if found
        else []
    )


@any_plan
def test_the_page_tells_titles_progress_fields_and_tasks(roadmap: Roadmap, language: Language) -> None:
    model, whole = Model(roadmap, language), page(roadmap, language)
    assert whole.one("h1").text() == model.name(roadmap)
    progress = part(whole, "progress")
    assert progress and [meter(bar) for bar in progress.all("p", "li", kind="meter")] == model.figures()
    stages = whole.all("section", kind="stage")
    assert stages == [part for part in whole.all("section") if part.given["id"].startswith("stage-")]
    assert [stage.one("h2").text() for stage in stages] == [model.name(s) for s in roadmap.stages]
    assert [meter(stage.one("p", "meter")) for stage in stages] == model.figures()[1:]
    articles = whole.all("article")
    assert len(articles) == len(model.cards)
    for whole_article, (_, card) in zip(articles, model.cards, strict=True):
        article = without_calculators(whole_article)
        assert article.one("h3").text() == model.name(card)
        assert meter(article.one("p", "meter")) == model.count([*card.tasks])
        pairs = (pair for pair in article.all("div") if pair.all("dt"))  # others hold tasks that are folded
        fields = [(pair.one("dt").text(), pair.one("dd").cell()) for pair in pairs]
        own = [(one_line(model.labels.of(f)), model.field(card, f)) for f in card.fields]
        assert fields == own + model.facts(card)
        checks = article.all("ul", kind="checks")
        tasks = [
            (
                li.given["class"] == "done",
                li.all("span")[1].text(),
                "".join(s.text() for s in li.all("small")),
            )
            for each in checks
            for li in each.all("li")
        ]
        assert tasks == [model.task(task) for task in card.tasks]


@any_plan
def test_the_page_tells_kpis_what_is_late_and_who_owns_what(roadmap: Roadmap, language: Language) -> None:
    model, whole = Model(roadmap, language), page(roadmap, language)
    assert rows(whole, "kpis") == [model.kpi(kpi) for kpi in roadmap.kpis]
    assert rows(whole, "late") == model.late()
    assert rows(whole, "owners") == model.owners()
    if late := part(whole, "late"):
        for link in late.all("a")[1:]:
            there = part(whole, link.given["href"].removeprefix("#"))
            names = (
                [
                    there.one("h3"),
                    *(
                        li.all("span")[1]
                        for checks in there.all("ul", kind="checks")
                        for li in checks.all("li")
                    ),
                ]
                if there
                else []
            )
            assert "—" in (names_shown := [shown(name.text()) for name in names]) or one_line(
                shown(link.text())
            ) in map(one_line, names_shown)


@any_plan
def test_the_marks_stand_where_their_days_are(roadmap: Roadmap, language: Language) -> None:
    """Within a page all of them lie on one straight line of days and percents, today among them."""
    model, whole = Model(roadmap, language), page(roadmap, language)
    line = part(whole, "timeline")
    expected = model.deadlines()
    assert (line is None) == (not expected)
    if line is None:
        return
    marks = [svg for svg in line.all("svg") if svg.given.get("overflow")]
    tips = [svg.one("title").text() for svg in marks]
    assert [
        tip.startswith(f"{name} · {model.words.day(day)} · ")
        for tip, (day, name) in zip(tips, expected, strict=True)
    ]
    places = [(day, float(svg.given["x"].rstrip("%"))) for (day, _), svg in zip(expected, marks, strict=True)]
    places += [(TODAY, float(now.given["x1"].rstrip("%"))) for now in line.all("line", kind="now")]
    (first, start), (last, end) = min(places), max(places)
    assert all(3 <= place <= 97 for _, place in places)
    if first == last:
        assert {place for _, place in places} == {start}
        return
    assert (start < end) == (model.words.direction == "ltr")
    for day, place in places:
        assert place == pytest.approx(
            start + (end - start) * (day - first).days / (last - first).days, abs=0.02
        )


# ------------------------------------------------------------------ Markdown


def squeezed(text: str) -> str:
    """Markdown keeps no runs of blanks and none at the ends."""
    return " ".join(without_direction_marks(one_line(text)).split())


def cell_text(cell: Cell) -> str:
    """A cell of Markdown: lines apart, the note in brackets, that of a late day with its sign."""
    text, note = map(squeezed, cell)
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}", text)
    if is_day and re.search(r"\blate$|^באיחור ", note):
        note = f"▲ {note}"
    return f"{text} ({note})".lstrip() if note else text


@dataclass
class Read:
    """Markdown as it is shown: by the heading over it, lists and tables."""

    heads: list[tuple[str, str]] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)


def read_markdown(text: str) -> Read:
    out, row = Read(), list[str]()
    above: list[str] = []
    for token in MarkdownIt("gfm-like").parse(text):
        if token.nesting == 1:
            above.append(token.tag)
            row = [] if token.tag == "tr" else row
        elif token.nesting == -1:
            above.pop()
            if token.tag == "tr" and "tbody" in above:
                out.tables.setdefault(out.heads[-1][1], []).append(row)
        elif token.type == "inline" and above[-1][0] == "h":
            out.heads.append((above[-1], plain(token)))
        elif token.type == "inline" and above[-1] in ("td", "th"):
            row.append(plain(token))
        elif token.type == "inline" and "li" in above:
            out.items.append((len(out.heads), plain(token)))
    return out


def plain(token: Token) -> str:
    return squeezed(
        "".join("\n" if one.type == "html_inline" else one.content for one in token.children or ())
    )


@any_plan
def test_markdown_tells_titles_fields_tasks_and_figures(roadmap: Roadmap, language: Language) -> None:
    model = Model(roadmap, language)
    text = render(ExportContext(roadmap, words(language), TODAY), "md").decode()
    read = read_markdown(text)
    titles = [("h1", model.labels.of(roadmap))]
    for stage in roadmap.stages:
        titles += [("h2", model.labels.of(stage)), *(("h3", model.labels.of(card)) for card in stage.cards)]
    own = {words(language)(f"report.{part}") for part in ("progress", "late", "timeline", "kpis", "owners")}
    own.add(words(language)("report.next_days", n=DAYS))
    expected = [(tag, squeezed(title)) for tag, title in titles]
    heads = [head for head in read.heads if head[0] in ("h1", "h2", "h3")]
    assert [head for head in heads if head in expected or head[1] not in own] == expected
    lines = [
        squeezed(f"{squeezed(model.labels.of(f))}: {cell_text(model.field(card, f))}")
        for _, card in model.cards
        for f in card.fields
    ]
    for _, card in model.cards:
        lines += [squeezed(f"{head}: {cell_text(cell)}") for head, cell in model.facts(card)]
        for done, task, note in map(model.task, card.tasks):
            lines.append(
                squeezed(
                    f"[{'x' if done else ' '}] {task}" + (f" – {squeezed(note)}" if squeezed(note) else "")
                )
            )
    in_calculators = {at for at, (tag, _) in enumerate(read.heads, 1) if tag in ("h4", "h5")}
    assert sorted(item for at, item in read.items if at > 1 and at not in in_calculators) == sorted(lines)
    bars = re.findall(r"[█░]{20} (\d+)% \((\d+)/(\d+)\)", text)
    figures = [(int(done), int(total), int(percent)) for percent, done, total in bars]
    cards = [[model.count([*card.tasks]) for card in stage.cards] for stage in roadmap.stages]
    each = [figure for own, inner in zip(model.figures()[1:], cards, strict=True) for figure in (own, *inner)]
    assert figures == [*model.figures(), *each]


@any_plan
def test_markdown_tells_kpis_what_is_late_who_owns_what_and_when(
    roadmap: Roadmap, language: Language
) -> None:
    model = Model(roadmap, language)
    tables = read_markdown(render(ExportContext(roadmap, words(language), TODAY), "md").decode()).tables
    for name, expected in (
        ("kpis", [model.kpi(kpi) for kpi in roadmap.kpis]),
        ("late", model.late()),
        ("owners", model.owners()),
    ):
        found = tables.get(words(language)(f"report.{name}"), [])
        assert found == [[cell_text(cell) for cell in row] for row in expected]
    marks = tables.get(words(language)("report.timeline"), [])
    due = sorted(model.deadlines(), key=lambda mark: mark[0])
    assert [name for name, _ in marks] == [squeezed(name) for _, name in due]
    assert [when.split(" · ")[0] for _, when in marks] == [words(language).day(day) for day, _ in due]
