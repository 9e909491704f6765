"""What is due of a portfolio, against a plain recount."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from filled import planned
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.text import match_key
from lfroadmap.usecases.due import due_of, plain
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import of_all
from samples import TODAY


def recounted(roadmap: Roadmap, last: date) -> list[tuple[date, str, str]]:
    """Day, id and key of the owner of each open card and task that is due up to a day."""
    out: list[tuple[date, str, str]] = []
    for card in (card for stage in roadmap.stages for card in stage.cards):
        owner, day = role_value(card, "owner"), iso_day(role_value(card, "deadline"))
        if day and (not card.tasks or [task for task in card.tasks if not task.done]):
            out.append((day, card.id, match_key(owner)))
        for task in card.tasks:
            due = iso_day(task.due)
            if due and not task.done:
                out.append((due, task.id, match_key(task.owner) or match_key(owner)))
    return [each for each in out if each[0] <= last]


@given(
    st.lists(planned(), min_size=1, max_size=2), st.sampled_from([0, 3, 14, 3650]), st.sampled_from(LANGUAGES)
)
def test_it_is_what_a_plain_recount_finds(roadmaps: list[Roadmap], days: int, language: Language) -> None:
    say, whole = words(language), of_all(roadmaps, language)
    expected = sorted(each for one in roadmaps for each in recounted(one, TODAY + timedelta(days)))
    found = due_of(whole, say, days)
    assert (
        sorted((each.item.day, each.item.node.id, match_key(each.owner)) for each in found.items) == expected
    )
    order = [each.item.day for each in found.items]
    assert order == sorted(order)
    assert tuple(each for items in found.spans().values() for each in items) == found.items
    written = plain(found, say)
    assert sum(written["counts"].values()) == len(written["items"]) == len(expected)
    assert written["counts"]["late"] == sum(day < TODAY for day, _, _ in expected)
    for share in whole.shares:
        if share.name:
            mine = due_of(whole, say, days, share.usual_name)
            ids = sorted(each.item.node.id for each in mine.items)
            assert ids == sorted(id_ for _, id_, key in expected if key == match_key(share.name))
