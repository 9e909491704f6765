from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.edits import SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.roadmap.text_diff import diff_texts, rebase, spliced_text


def holding(text: str) -> Roadmap:
    return Roadmap("r", stages=(Stage("s", cards=(Card("c", fields=(Field("f", "long", value=text),)),)),))


def text_of(roadmap: Roadmap) -> str:
    return roadmap.stages[0].cards[0].fields[0].value


@given(st.text(alphabet="abא"), st.text(alphabet="abא"))
def test_the_run_between_two_texts_leads_from_one_to_the_other(before: str, after: str) -> None:
    run = diff_texts(before, after)
    assert before[: run.at] + run.inserted + before[run.at + run.removed :] == after


@pytest.mark.parametrize(
    ("edit", "now", "after"),
    [
        (SpliceText("f", 10, 0, " after"), "before the middle", "before the middle after"),
        (SpliceText("f", 0, 0, "my "), "the middle, theirs", "my the middle, theirs"),
        (SpliceText("f", 4, 6, "end"), "so the middle", "so the end"),
        (SpliceText("f", 0, 10, ""), "the m-ddle", ""),
        (SpliceText("f", 10, 0, "!"), "", "!"),
    ],
)
def test_an_edit_means_the_letters_that_its_author_saw(edit: SpliceText, now: str, after: str) -> None:
    assert text_of(rebase(edit, "the middle", holding(now)).on(holding(now))) == after


@given(st.text(alphabet="ab"), st.data())
def test_what_two_people_insert_is_both_there(base: str, data: st.DataObject) -> None:
    places = st.integers(0, len(base))
    mine = SpliceText("f", data.draw(places), 0, "MINE")
    theirs = SpliceText("f", data.draw(places), 0, "THEIRS")
    now = theirs.on(holding(base))
    merged = text_of(rebase(mine, base, now).on(now))
    assert "MINE" in merged
    assert "THEIRS" in merged
    assert merged.replace("MINE", "").replace("THEIRS", "") == base


def test_other_edits_and_known_texts_stay_as_they_are() -> None:
    tick = Tick("t", True, "2026-03-31")
    splice = SpliceText("f", 1, 1, "x")
    assert rebase(tick, None, holding("abc")) is tick
    assert rebase(splice, "abc", holding("abc")) is splice
    assert rebase(splice, None, holding("other")) is splice
    assert spliced_text(tick, holding("abc")) is None
    assert spliced_text(splice, holding("abc")) == "abc"
