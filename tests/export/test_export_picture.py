"""The timeline's picture: sound XML that holds every deadline, mirrored where the language is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.export import ExportContext, render
from lfroadmap.report.deadlines import LANES
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
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
    """Name in the tip of each mark -> percent from the left."""
    marks = [svg for svg in root.iter(f"{SVG}svg") if svg.find(f"{SVG}title") is not None]
    return {
        svg.findtext(f"{SVG}title", ""): float(svg.get("x", "").rstrip("%")) for svg in marks if svg.get("x")
    }


def test_each_deadline_is_a_mark_and_later_ones_stand_further_on() -> None:
    found = places(drawn(sample("en")))
    late, pilot = found.values()
    assert [name.split(" · ")[0] for name in found] == ["Goals & <limits>", "Pilot"]
    assert late < pilot
    description = drawn(sample("en")).findtext(f"{SVG}desc")
    assert description == "Goals & <limits>: 2026-03-01 · 33% · ▲ 14 days late; Pilot: 2026-03-29 · 100%"


def test_in_hebrew_time_runs_from_the_right() -> None:
    left, right = (places(drawn(sample("en"), language)) for language in ("en", "he"))
    assert [round(a + b, 1) for a, b in zip(left.values(), right.values(), strict=True)] == [100, 100]
    assert drawn(sample("he"), "he").get("direction") == "rtl"


@settings(deadline=None)
@given(roadmaps, st.sampled_from(LANGUAGES))
def test_any_roadmap_makes_a_sound_picture(roadmap: Roadmap, language: Language) -> None:
    root = drawn(roadmap, language)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "tspan", "g", "line", "path",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_name_is_only_a_name(language: Language) -> None:
    root = drawn(hostile(), language)
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    assert one_line(hostile().title or "") in (root.findtext(f"{SVG}title") or "")


def test_without_deadlines_it_says_so() -> None:
    assert words("en")("report.no_deadlines") in "".join(drawn(Roadmap("r", "R")).itertext())


def test_many_cards_share_a_lane_a_stage() -> None:
    few, many = drawn(dated(LANES)), drawn(dated(3 * LANES, stages=3))
    assert len(places(few)) == LANES
    assert re.findall(r"stage \d: \d+ cards", many.findtext(f"{SVG}desc") or "") == [
        f"stage {n}: {LANES} cards" for n in range(3)
    ]
    assert float(many.get("height", "")) < float(few.get("height", ""))
