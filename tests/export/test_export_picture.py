"""The timeline's picture: sound XML that holds every deadline, mirrored where the language is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards import busy, lived_in
from lfroadmap.bidi.marks import DIRECTION_MARKS, RLE
from lfroadmap.export import ExportContext, render
from lfroadmap.export.picture_parts import WIDTH
from lfroadmap.export.picture_text import width_of, wrapped
from lfroadmap.report.deadlines import LANES
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Card, Field, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Language, words
from plans import roadmaps
from samples import TODAY, hostile, sample

SVG = "{http://www.w3.org/2000/svg}"


def drawn(roadmap: Roadmap, language: Language = "en") -> ElementTree.Element:
    return ElementTree.fromstring(render(ExportContext(roadmap, words(language), TODAY), "svg"))


def dated(count: int, stages: int = 1) -> Roadmap:
    def card(n: int) -> Card:
        return Card(
            f"c{n}", f"card {n}", (Field(f"d{n}", "date", "deadline", "D", f"2026-{n % 12 + 1:02}-10"),)
        )

    each = count // stages
    return Roadmap(
        "r", "R",
        stages=tuple(
            Stage(f"s{s}", f"stage {s}", tuple(card(n) for n in range(s * each, (s + 1) * each)))
            for s in range(stages)
        ),
    )  # fmt: skip


def places(root: ElementTree.Element) -> dict[str, float]:
    """Name in the tip of each mark -> pixels from the left to the middle of its shape."""
    shapes = [each for each in root.iter() if each.find(f"{SVG}title") is not None and each is not root]
    return {
        each.findtext(f"{SVG}title", ""): middle(each) for each in shapes if not each.tag.endswith("text")
    }


def middle(shape: ElementTree.Element) -> float:
    if shape.tag == f"{SVG}circle":
        return float(shape.get("cx", ""))
    d = shape.get("d", "")
    begin = float(re.match(r"M(-?[\d.]+)", d)[1])  # type: ignore[index]
    return begin + (6 if "h12" in d else 0)


def test_each_deadline_is_a_mark_and_later_ones_stand_further_on() -> None:
    found = places(drawn(sample("en")))
    late, task, pilot = found.values()
    assert [name.split(" · ")[0] for name in found] == ["Goals & <limits>", "Name an owner", "Pilot"]
    assert late < pilot < task
    description = drawn(sample("en")).findtext(f"{SVG}desc")
    lanes = ("Goals & <limits>: 2026-03-01 · 33% · ▲ 14 days late", "Name an owner: 2026-03-31")
    assert description == "; ".join((*lanes, "Pilot: 2026-03-29 · 100%"))


def test_in_hebrew_time_runs_from_the_right() -> None:
    left, right = (places(drawn(sample("en"), language)) for language in ("en", "he"))
    assert [round(a + b) for a, b in zip(left.values(), right.values(), strict=True)] == [WIDTH] * 3
    texts = [*drawn(sample("he"), "he").iter(f"{SVG}text")]
    assert all(text.get("text-anchor") == "end" for text in texts)
    assert any((text.text or "").startswith(RLE) for text in texts)


@settings(deadline=None)
@given(roadmaps, st.sampled_from(LANGUAGES))
def test_any_roadmap_makes_a_sound_picture(roadmap: Roadmap, language: Language) -> None:
    root = drawn(roadmap, language)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "line", "path", "circle",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_name_is_only_a_name(language: Language) -> None:
    root = drawn(hostile(), language)
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    assert one_line(hostile().title or "") in (root.findtext(f"{SVG}title") or "")


def test_without_deadlines_it_says_so() -> None:
    assert words("en")("report.no_deadlines") in "".join(drawn(Roadmap("r", "R")).itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shape_has_its_color_as_an_attribute(language: Language) -> None:
    root = drawn(busy(language), language)
    colors = {each.get(name, "none") for each in root.iter() for name in ("fill", "stroke")}
    assert len(colors) > 8 and all(re.fullmatch("#[0-9a-f]{6}|none", color) for color in colors)
    for shape in root.iter():
        if shape.tag.removeprefix(SVG) in ("rect", "text", "line", "path", "circle"):
            assert shape.get("fill") and (shape.get("fill") != "none" or shape.get("stroke"))
    style = root.findtext(f"{SVG}style", "")
    assert style.startswith("@media(prefers-color-scheme:dark)") and "var(" not in style
    named = set(re.findall(r"\.([fs]-\w+)", style))
    assert {name for each in root.iter() for name in (each.get("class") or "").split()} <= named


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(20, 400), st.integers(1, 4))
def test_lines_fit_and_lose_nothing_but_blanks_unless_they_are_cut(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, 15, most)
    assert len(lines) <= most
    assert all(width_of(line, 15) <= width or len(line) < 3 for line in lines)
    if not (lines and lines[-1].rstrip(DIRECTION_MARKS).endswith("…")):
        assert "".join("".join(lines).split()) == "".join(one_line(text).split())


def test_a_name_that_does_not_fit_wraps_and_a_very_long_one_is_complete_in_its_tip() -> None:
    long, longer = "a name of a card that takes more than one line", "word " * 60
    cards = tuple(replace(card, title=title) for card, title in zip(
        dated(2).stages[0].cards, (long, longer), strict=True
    ))  # fmt: skip
    root = drawn(Roadmap("r", "R", stages=(Stage("s", "S", cards),)))
    lines = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert long not in lines and "".join(lines).replace("\u00a0", "").count("takes") == 1
    tips = [tip for text in root.iter(f"{SVG}text") if (tip := text.findtext(f"{SVG}title"))]
    assert [tip.split() for tip in tips] == [longer.split()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_today_months_the_legend_and_earlier_days_are_in_it(language: Language) -> None:
    roadmap, said = busy(language), words(language)
    card = roadmap.stages[0].cards[1].id
    activity = lived_in(roadmap)._replace(slipped={card: (date(2026, 2, 1), date(2026, 2, 10))})
    root = ElementTree.fromstring(render(ExportContext(roadmap, said, TODAY, activity=activity), "svg"))
    bare = str.maketrans(dict.fromkeys(DIRECTION_MARKS, ""))
    texts = [(text.text or "").translate(bare) for text in root.iter(f"{SVG}text")]
    joined = " ".join(" ".join(texts).split())
    for stage in roadmap.stages:
        if any(iso_day(role_value(each, "deadline")) for each in stage.cards):
            assert Labels(roadmap.template, language).of(stage) in joined
    legend = ("health.late", "health.on_track", "picture.work", "picture.before", "days.today")
    assert {said(name) for name in legend} <= set(texts)
    assert said("picture.today", day=said.day(TODAY)) in texts
    assert said("date.months").split()[2] in texts
    assert said("report.moved_from", day=said.day(date(2026, 2, 1))) in joined
    assert sum(name.endswith((" · 2026-02-01", " · 2026-02-10")) for name in places(root)) == 2


def test_many_cards_share_a_lane_a_stage() -> None:
    few, many = drawn(dated(LANES)), drawn(dated(3 * LANES, stages=3))
    assert len(places(few)) == LANES
    assert re.findall(r"stage \d: \d+ cards", many.findtext(f"{SVG}desc") or "") == [
        f"stage {n}: {LANES} cards" for n in range(3)
    ]
    assert float(many.get("height", "")) < float(few.get("height", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_picture_have_the_tasks_the_days_that_slipped_and_what_waits(language: Language) -> None:
    card = Card(
        "b",
        "Second",
        (Field("b.due", "date", "deadline", value="2026-05-01"),),
        (Task("t", "A task", due="2026-04-20"), Task("d", "Done", done=True, due="2026-04-01")),
        relations=(Relation("r", "waits_for", "a"),),
    )
    first = Card("a", "First", (Field("a.due", "date", "deadline", value="2026-04-01"),))
    plan = Roadmap("p", "Plan", "", (Stage("s", "Sell", (first, card)),))
    activity = Activity(slipped={"t": (date(2026, 4, 2),)})
    context = ExportContext(plan, words(language), TODAY, activity=activity)
    picture, page = (render(context, name).decode() for name in ("svg", "html"))
    way = "←" if language == "he" else "→"
    assert re.search(f"<title>First .{{0,12}}{way} Second</title>", picture)
    assert "A task · 2026-04-02" in picture
    timeline = page[page.index('<div class="timeline">') :].partition("</ol>")[0]
    assert timeline.count('<li class="task">') == 1 and timeline.count('<g class="wait">') == 1
    assert timeline.count('class="ghost"') == 1 and "Done" not in timeline
