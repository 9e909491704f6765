"""Several roadmaps together: the figures are those of each roadmap, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from expected_rows import card_word, task_word
from filled import planned
from lfroadmap.roadmap.health import Late, roadmap_health, worst
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.portfolio import Portfolio, owners_named
from lfroadmap.roadmap.progress import role_value, tally
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.text import match_key
from portfolios import of_all, one_card, sample_portfolio, together, unreadable
from samples import TODAY

several = st.lists(planned(), max_size=4)


def cards(roadmaps: list[Roadmap]) -> Iterator[tuple[Stage, Card]]:
    return ((stage, card) for roadmap in roadmaps for stage in roadmap.stages for card in stage.cards)


def counted(portfolio: Portfolio) -> tuple[Late, Late]:
    return portfolio.health.late, portfolio.at_risk


@examples(60)
@given(several)
def test_every_figure_is_the_sum_of_the_roadmaps(roadmaps: list[Roadmap]) -> None:
    found = of_all(roadmaps)
    tallies = [tally(roadmap) for roadmap in roadmaps]
    assert [member.tally for member in found.members] == tallies
    assert found.tally == (sum(each.done for each in tallies), sum(each.total for each in tallies))
    healths = [roadmap_health(roadmap, TODAY) for roadmap in roadmaps]
    assert [member.health for member in found.members] == healths
    assert found.health.health == worst(each.health for each in healths)


@examples(60)
@given(several)
def test_cards_and_tasks_are_counted_by_their_own_health(roadmaps: list[Roadmap]) -> None:
    words_of_cards = Counter(card_word(card) for _, card in cards(roadmaps))
    words_of_tasks = Counter(task_word(task) for _, card in cards(roadmaps) for task in card.tasks)
    late, at_risk = counted(of_all(roadmaps))
    assert late == (words_of_cards["late"], words_of_tasks["late"])
    assert at_risk == (words_of_cards["at_risk"], words_of_tasks["at_risk"])


@examples(60)
@given(several)
def test_what_is_late_and_next_is_the_agenda_of_each_roadmap(roadmaps: list[Roadmap]) -> None:
    found = of_all(roadmaps)
    assert len(found.late) == found.health.late.total
    assert all(each.item.day < TODAY for each in found.late)
    assert all(each.item.day >= TODAY for each in found.next)
    items = [*found.late, *found.next]
    assert [each.item.day for each in items] == sorted(each.item.day for each in items)
    for member in found.members:
        own = [each.item for each in items if each.member is member]
        assert own == [*TaskIndex(member.roadmap, TODAY).agenda()]


@examples(60)
@given(several)
def test_every_card_task_and_late_thing_has_one_owner(roadmaps: list[Roadmap]) -> None:
    """Where nobody has anything there are no owners; else each thing is counted once, for whom it names."""
    found = of_all(roadmaps)
    expected: Counter[tuple[str, str]] = Counter()
    for _, card in cards(roadmaps):
        deputy = match_key(role_value(card, "owner"))
        expected[deputy, "cards"] += 1
        expected[deputy, "late"] += card_word(card) == "late"
        for task in card.tasks:
            owner = match_key(task.owner) if task.owner.strip() else deputy
            expected[owner, "total"] += 1
            expected[owner, "done"] += task.done
            expected[owner, "late"] += task_word(task) == "late"
    if not found.shares:
        assert not any(key for key, _ in expected if expected[key, "cards"] or expected[key, "total"])
        return
    got: Counter[tuple[str, str]] = Counter()
    for share in found.shares:
        key = match_key(share.usual_name)
        figures = {"cards": len(share.cards), "late": len(share.late), "total": share.total}
        got.update({(key, name): count for name, count in {**figures, "done": share.done}.items()})
    assert +got == +expected
    keys = [match_key(share.usual_name) for share in found.shares]
    assert len(keys) == len({*keys})
    assert "" not in keys[:-1], "what has no owner is last"


@examples(40)
@given(several)
def test_one_owner_has_what_is_theirs_and_no_more(roadmaps: list[Roadmap]) -> None:
    found = of_all(roadmaps)
    for share in found.shares:
        own = found.of_owner(share.usual_name)
        key = match_key(share.usual_name)
        assert own.shares == (share,)
        assert own.late == tuple(each for each in found.late if match_key(each.item.owner) == key)
        assert own.next == tuple(each for each in found.next if match_key(each.item.owner) == key)
        assert [member.name for member in own.members] == share.roadmaps
        assert {each.member.name for each in (*own.late, *own.next)} <= {*share.roadmaps}


def test_one_person_is_one_owner_whatever_the_spelling() -> None:
    spellings = (
        "Dana Levi",
        "dana levi",
        "DANA  LEVI",
        "\u200fDana Levi\u200e",
        "Dana Levi",
        " dana\u00a0levi",
    )
    found = of_all([one_card(name, "2026-03-01") for name in spellings])
    (share,) = found.shares
    assert share.usual_name == "Dana Levi"
    assert len(share.roadmaps) == len(share.cards) == len(share.late) == len(spellings)
    assert {each.owner for each in found.late} == {"Dana Levi"}


def test_invisible_marks_are_no_owner() -> None:
    found = of_all([one_card("\u200f", "2026-03-01"), one_card("דנה", "")])
    assert [share.usual_name for share in found.shares] == ["דנה", ""]


def test_people_come_in_the_order_of_what_is_late() -> None:
    late, soon = "2026-03-01", (TODAY + timedelta(9)).isoformat()
    plans = [
        one_card("Idle", "", Task("a", "A", True)),
        one_card("Busy", soon, Task("a", "A"), Task("b", "B")),
        one_card("", late, Task("a", "A", due=late)),
        one_card("Late", late),
        one_card("Later", late, Task("a", "A", due=late)),
    ]
    names = [share.usual_name for share in of_all(plans).shares]
    assert names == ["Later", "Late", "Busy", "Idle", ""]


def test_a_day_that_is_today_is_next_and_at_risk() -> None:
    found = of_all([one_card("", TODAY.isoformat(), Task("t", "T", due=TODAY.isoformat()))])
    assert (len(found.late), len(found.next)) == (0, 2)
    assert counted(found) == (Late(0, 0), Late(1, 1))


def test_a_file_that_cannot_be_read_changes_no_figure() -> None:
    plan = one_card("Dana", "2026-03-01", Task("t", "T", True), Task("u", "U"))
    alone, beside = of_all([plan]), together(*of_all([plan]).rows, unreadable("z"))
    assert (beside.tally, beside.health, beside.at_risk) == (alone.tally, alone.health, alone.at_risk)
    assert (len(beside.rows), len(beside.members), len(beside.unreadable)) == (2, 1, 1)
    assert beside.of_owner("Dana").unreadable == beside.unreadable
    assert together(unreadable("z")).health.health == together().health.health == "no_date"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("DANA levi", ["Dana Levi"]),
        ("dana", ["Dana Levi"]),
        ("levi", ["Dana Levi"]),
        ("yos", ["Yossi"]),
        ("דנה", ["דנה לוי"]),
        ("nobody", []),
        ("\u200f", []),
        (" ", []),
    ],
)
def test_an_owner_is_named_by_a_part_of_the_name(text: str, names: list[str]) -> None:
    assert [*owners_named(sample_portfolio("en"), text)] == names


def test_several_owners_may_be_meant_but_a_whole_name_is_one() -> None:
    found = of_all([one_card(name, "") for name in ("Dan", "Dana Levi", "Dana Cohen")])
    assert owners_named(found, "dana") == ("Dana Levi", "Dana Cohen")
    assert owners_named(found, "dan") == ("Dan",)


def test_the_health_of_a_thing_is_by_its_own_day() -> None:
    found = sample_portfolio("en")
    for each in (*found.late, *found.next):
        left = (each.item.day - TODAY).days
        assert each.health == ("late" if left < 0 else "at_risk" if left <= 7 else "on_track")
