"""The part of a roadmap that one person has, against a plain count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from filled import planned
from lfroadmap.roadmap.health import agenda, card_health
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.owner_part import owner_part
from lfroadmap.roadmap.owner_shares import OwnerShares
from lfroadmap.roadmap.progress import role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key
from samples import TODAY

LABELS = Labels("", "en")


def cards(roadmap: Roadmap) -> dict[str, Card]:
    return {card.id: card for stage in roadmap.stages for card in stage.cards}


@given(planned(), st.sampled_from(["Dana", "DANA ", "דנה לוי", "<b>&", "nobody here"]))
def test_it_has_what_the_person_has_and_nothing_else(roadmap: Roadmap, owner: str) -> None:
    labels, key = Labels(roadmap.template, "en"), match_key(owner)
    whole, part = cards(roadmap), owner_part(roadmap, labels, owner)
    found = cards(part)
    shares = OwnerShares()
    shares.add(roadmap, labels, TODAY)
    share = next((each for each in shares.shares() if match_key(each.name) == key), None)
    own = {id_ for id_, card in whole.items() if match_key(role_value(card, "owner")) == key}
    assert own <= found.keys()
    assert len(own) == (len(share.cards) if share else 0)
    tasks = 0
    for id_, card in found.items():
        assert set(card.tasks) <= set(whole[id_].tasks)
        named = key, *([""] if id_ in own else [])
        mine = [task for task in card.tasks if match_key(task.owner) in named]
        tasks += len(mine)
        if id_ in own:
            assert card.fields == whole[id_].fields and card.notes == whole[id_].notes
            others = [task for task in card.tasks if task not in mine]
            assert not others or not any(task.done for task in others), "they keep it from looking done"
            if mine:
                done = [card_health(each, TODAY).health == "done" for each in (card, whole[id_])]
                assert done[0] == done[1]
        else:
            assert mine == [*card.tasks] != []
            assert {field.role for field in card.fields} <= {"owner"} and not card.notes
    assert tasks == (share.total if share else 0)
    assert len(part.kpis) == (len(share.kpis) if share else 0)
    assert all(stage.cards for stage in part.stages)
    assert part.measurements == ()


@given(planned(), st.sampled_from(["Dana", "דנה לוי"]))
def test_what_is_due_of_a_person_is_the_same_in_it(roadmap: Roadmap, owner: str) -> None:
    part = owner_part(roadmap, Labels(roadmap.template, "en"), owner)

    def due(of: Roadmap) -> list[tuple[str, str]]:
        mine = [item for item in agenda(of) if match_key(item.owner) == match_key(owner)]
        return sorted((item.day.isoformat(), item.node.id) for item in mine)

    # a card of which the person has no task left is open in the part, as one without tasks is
    empty = {card.id for card in cards(part).values() if not card.tasks}
    assert [each for each in due(part) if each[1] not in empty] == [
        each for each in due(roadmap) if each[1] not in empty
    ]


def test_what_others_have_open_in_an_own_card_stays_only_where_it_would_look_done() -> None:
    owner = (Field("f", role="owner", value="Dana"),)
    done, other = Task("a", "A", True), Task("b", "B", owner="Yossi")
    mine = Task("c", "C")
    stage = Stage(
        "s", "S", (Card("1", "1", owner, (done, other)), Card("2", "2", owner, (done, other, mine)))
    )
    roadmap = Roadmap("r", "R", "", (stage,), (Kpi("k", owner="dana"), Kpi("k2", owner="Yossi")))
    found = owner_part(roadmap, LABELS, "dana")
    assert [card.tasks for card in found.stages[0].cards] == [(done, other), (done, mine)]
    assert [kpi.id for kpi in found.kpis] == ["k"]
    theirs = owner_part(roadmap, LABELS, "Yossi")
    assert [(card.title, card.tasks) for card in theirs.stages[0].cards] == [("1", (other,)), ("2", (other,))]
