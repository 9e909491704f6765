"""Addresses of stages and cards: they stay, no two are alike, and each is an id and a fragment as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.report.anchors import MAX_ID, anchor
from lfroadmap.report.nodes import Section
from lfroadmap.report.report import report
from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.words import words
from samples import EVIL, TODAY, sample

OWN = {"progress", "late", "next", "timeline", "kpis", "owners", "history", "main", "lfroadmap"}
node_ids = st.sampled_from(EVIL) | st.text(min_size=1) | st.text("a_0~", min_size=1, max_size=6)


def anchors(roadmap: Roadmap) -> dict[str, str]:
    """Title -> address, of every stage and card in the report."""
    whole = report(roadmap, words("en"), today=TODAY)
    stages = [part for part in whole.body if isinstance(part, Section) and part.id.startswith("stage-")]
    cards = [card for stage in stages for card in stage.body if isinstance(card, Section)]
    return {section.title: section.id for section in (*stages, *cards)}


@pytest.mark.parametrize(
    ("node_id", "written"),
    [
        ("strategy.goals", "card-strategy.goals"),
        ("A-1", "card-A-1"),
        ("a b", "card-a_20_b"),
        ("a_b", "card-a_5f_b"),
        ("א", "card-_5d0_"),
        ('"><b', "card-_22__3e__3c_b"),
    ],
)
def test_an_address_is_the_id_with_its_special_signs_written_out(node_id: str, written: str) -> None:
    assert anchor(Card(node_id)) == written
    assert anchor(Stage(node_id)) == written.replace("card-", "stage-", 1)


@given(node_ids)
def test_any_address_is_an_id_in_html_and_a_fragment_as_it_is(node_id: str) -> None:
    for node in (Card(node_id), Stage(node_id)):
        made = anchor(node)
        assert re.fullmatch(r"(card|stage)-[\w.~-]+", made, re.ASCII)
        assert unquote(made) == quote(made, safe="~") == made
        assert len(made) < MAX_ID + 80
        assert made not in OWN and f"title-{made}" not in OWN


@given(node_ids, node_ids)
def test_no_two_nodes_have_one_address(first: str, second: str) -> None:
    made = {anchor(Card(first)), anchor(Card(second)), anchor(Stage(first)), anchor(Stage(second))}
    assert len(made) == 2 * len({first, second})


def test_of_two_long_ids_with_one_beginning_each_has_its_own_address() -> None:
    ids = ["a" * n + end for n in (MAX_ID - 1, MAX_ID, MAX_ID + 1, 100_000) for end in ("", "b", "c")]
    ids += ["א" * n for n in (20, 30, 1000)]
    assert len({anchor(Card(node_id)) for node_id in ids}) == len(ids)
    assert max(len(anchor(Card(node_id))) for node_id in ids) < MAX_ID + 80


def test_an_address_stays_when_others_come_before_it() -> None:
    roadmap = sample("en")
    before = anchors(roadmap)
    new = Stage("new", "First of all", (Card("new.card", "Another"),))
    changed = Add(new, roadmap.id, "").on(roadmap)
    changed = Move("pilot", "b").on(Add(Card("late", "Before all others"), "b", "").on(changed))
    after = anchors(replace(changed, title="Renamed"))
    assert before.items() <= after.items()
    assert len(after) == len(before) + 3
