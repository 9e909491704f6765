"""What each person has open week by week, which names may be one person's, and another name for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filled import planned
from lfroadmap.roadmap.health import task_health
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.people import WEEKS, Amount, Load, people_of
from lfroadmap.roadmap.person_rename import person_rename
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.same_people import alike, name_parts
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.weeks import MONDAY, SUNDAY
from lfroadmap.text import match_key
from portfolios import of_all
from samples import TODAY

NAMES = st.sampled_from(["Dana", "dana  levi", "דנה לוי", "Yossi", "x", "\u200fדָּנָה"])


# ------------------------------------------------------------------ load by week


def place(typed: str, first: int) -> object:
    """The part in which something open is counted, worked out by the weeks of the ISO calendar."""
    day = iso_day(typed)
    if day is None or day < TODAY:
        return "late" if day else "undated"
    if day.toordinal() > TODAY.toordinal() + 8 * WEEKS:
        return "later"
    shift = timedelta(1 if first == SUNDAY else 0)  # a week from Sunday on is one from Monday on, a day later
    ours, theirs = ((each + shift).isocalendar() for each in (TODAY, day))
    mondays = [date.fromisocalendar(each.year, each.week, 1) for each in (ours, theirs)]
    week = (mondays[1] - mondays[0]).days // 7
    return week if week < WEEKS else "later"


def recounted(roadmaps: list[Roadmap], first: int) -> dict[str, Counter[tuple[object, bool]]]:
    """Key of a person -> part and whether it is a task -> how many are open."""
    out: dict[str, Counter[tuple[object, bool]]] = {}
    for card in (card for roadmap in roadmaps for stage in roadmap.stages for card in stage.cards):
        owner = role_value(card, "owner")
        mine = out.setdefault(match_key(owner), Counter())
        if not card.tasks or any(not task.done for task in card.tasks):
            mine[place(role_value(card, "deadline"), first), False] += 1
        for task in card.tasks:
            if task_health(task, TODAY) != "done":
                theirs = out.setdefault(match_key(task.owner if task.owner.strip() else owner), Counter())
                theirs[place(task.due, first), True] += 1
    return out


def parts(load: Load) -> dict[object, Amount]:
    weeks = dict[object, Amount](enumerate(load.weeks))
    return {"late": load.late, "later": load.later, "undated": load.undated} | weeks


@given(st.lists(planned(), min_size=1, max_size=2), st.sampled_from((MONDAY, SUNDAY)))
def test_the_load_is_that_of_a_plain_recount(roadmaps: list[Roadmap], first: int) -> None:
    portfolio = of_all(roadmaps)
    found = people_of(portfolio, first)
    expected = recounted(roadmaps, first)
    assert all(week.weekday() == first for week in found.weeks)
    assert found.weeks[0] <= TODAY < found.weeks[1]
    for person in found.people:
        counts = expected.pop(match_key(person.name), Counter())
        for part, amount in parts(person.load).items():
            assert amount == (counts[part, False], counts[part, True]), (person.name, part)
        assert person.load.total == counts.total()
        assert person.load.late == person.share.late_count
    if found.people:
        assert not any(counts.total() for key, counts in expected.items() if key)


# ------------------------------------------------------------------ the same person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana", "Dana Levi"),
        ("Dana L.", "Dana Levi"),
        ("D. Levi", "Dana Levi"),
        ("Levi Dana", "Dana Levi"),
        ("DanaLevi", "Dana Levi"),
        ("דנה", "דנה לוי"),
        ("דנה", "דָּנָה"),
        ("ג'ורג'", "ג׳ורג׳ כהן"),
        ("רם", "רמ כהן"),
        ("Zoë", "Zoe Cohen"),
    ],
)
def test_names_that_may_be_one_person(one: str, other: str) -> None:
    for names in ((one, other), (other, one)):
        ((short, long),) = alike(["Yossi Cohen", *names, "Avi"])
        assert {short, long} == {one, other}
        assert len(name_parts(short)) <= len(name_parts(long))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Cohen", "Dana Levi"),
        ("Dan", "Dana"),
        ("Dana", "Yossi"),
        ("D", "Dana"),
        ("Levi", "Dana Levi"),
        ("דן", "דנה"),
    ],
)
def test_names_of_different_people(one: str, other: str) -> None:
    assert alike([one, other]) == ()


def test_a_first_name_that_two_people_have_is_offered_with_both() -> None:
    assert alike(["Dana", "Dana Levi", "Dana Cohen"]) == (("Dana", "Dana Levi"), ("Dana", "Dana Cohen"))


WORDS = st.sampled_from(["dana", "d", "levi", "l", "cohen", "danalevi", "דנה", "ל"])
SEVERAL = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=6, unique=True)


@given(SEVERAL)
def test_names_are_paired_alone_or_among_others(names: list[str]) -> None:
    expected = {frozenset(pair) for pair in combinations(names, 2) if alike(pair)}
    assert {frozenset(pair) for pair in alike(names)} == expected


@given(st.lists(st.text(max_size=8), max_size=6, unique_by=match_key))
def test_pairs_are_of_names_that_were_given_and_none_twice(names: list[str]) -> None:
    pairs = [frozenset(pair) for pair in alike(names)]
    assert len(pairs) == len(set(pairs))
    assert all(pair <= set(names) and len(pair) == 2 for pair in pairs)


# ------------------------------------------------------------------ another name


def with_name(roadmap: Roadmap, labels: Labels, old: str, new: str) -> Roadmap:
    """The roadmap with another name for a person, made without edits."""

    def name(written: str) -> str:
        return new if match_key(written) == match_key(old) else written

    def field(each: Field) -> Field:
        return replace(each, value=name(each.value)) if each.role == "owner" else each

    def card(each: Card) -> Card:
        tasks = tuple(replace(task, owner=name(task.owner)) for task in each.tasks)
        return replace(each, fields=tuple(map(field, each.fields)), tasks=tasks)

    def kpi(each: Kpi) -> Kpi:
        shown = labels.kpi(each, "owner")
        return replace(each, owner=new) if name(shown) != shown else each

    stages = tuple(replace(stage, cards=tuple(map(card, stage.cards))) for stage in roadmap.stages)
    return replace(roadmap, stages=stages, kpis=tuple(map(kpi, roadmap.kpis)))


@given(planned(), st.data(), NAMES)
def test_another_name_changes_the_owners_and_nothing_else(
    roadmap: Roadmap, data: st.DataObject, new: str
) -> None:
    labels = Labels(roadmap.template, "en")
    written = sorted({owner for owner in owners(roadmap, labels) if match_key(owner)})
    old = data.draw(st.sampled_from(written)) if written else "Dana"
    found = person_rename(roadmap, labels, old, new)
    after = found.edit.on(roadmap)
    assert after == with_name(roadmap, labels, old, new)
    assert found.edit.inverse(roadmap).on(after) == roadmap
    assert len(found.owned) == sum(found.count(kind) for kind in (Card, Task, Kpi))
    keys = Counter(map(match_key, owners(roadmap, labels)))
    if match_key(old) != match_key(new):
        keys[match_key(new)] += keys.pop(match_key(old), 0)
    assert +Counter(map(match_key, owners(after, labels))) == +keys
    assert person_rename(after, labels, old, new).owned == ()


def owners(roadmap: Roadmap, labels: Labels) -> list[str]:
    cards = [card for stage in roadmap.stages for card in stage.cards]
    fields = [each.value for card in cards for each in card.fields if each.role == "owner"]
    tasks = [task.owner for card in cards for task in card.tasks]
    return [*fields, *tasks, *(labels.kpi(kpi, "owner") for kpi in roadmap.kpis)]


def test_nobody_is_no_person_that_gets_a_name() -> None:
    card = Card("c", "Card", (Field("f", role="owner", value=" "),), (Task("t", "Task"),))
    roadmap = Roadmap("r", "R", "", (Stage("s", "S", (card,)),))
    assert person_rename(roadmap, Labels("", "en"), "", "Dana").owned == ()
