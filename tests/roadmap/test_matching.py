from __future__ import annotations

import pytest

from lfroadmap.roadmap.matching import match

ABOUT = "Write a snapshot: a page, JSON, a workbook"


@pytest.mark.parametrize(
    ("query", "name", "offsets"),
    [
        ("export", "Export", (0, 1, 2, 3, 4, 5)),
        ("EXP", "Export", (0, 1, 2)),
        ("eXp", "to Export", (3, 4, 5)),
        ("workbook", "Export", ()),
        ("export JSON", "Export", (0, 1, 2, 3, 4, 5)),
        ("json EXPORT", "Export", (0, 1, 2, 3, 4, 5)),
        ("xpt", "Export", (1, 2, 5)),
        ("יעד", "כל היעדים", (4, 5, 6)),
        ("strasse", "Große Straße", (6, 7, 8, 9, 10, 11)),
        ("istanbul", "İstanbul [1]", (0, 1, 2, 3, 4, 5, 6, 7)),
    ],
)
def test_what_is_found_and_by_which_letters(query: str, name: str, offsets: tuple[int, ...]) -> None:
    hit = match(query, name, ABOUT)
    assert hit is not None
    assert hit.offsets == offsets


def test_what_is_not_found() -> None:
    assert match("undo", "Export", ABOUT) is None
    assert match("export undo", "Export", ABOUT) is None


def test_a_name_comes_before_a_description_and_its_beginning_before_the_rest() -> None:
    names = ("snapshot", "Snapshots", "The snapshot", "Mysnapshots", "Export", "some naps hot")
    scores = [
        getattr(match("snapshot", name, ABOUT if name == "Export" else ""), "score", 0) for name in names
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_long_query_in_a_long_text_takes_no_time() -> None:
    assert match("e" * 60 + "x", "e" * 5000, "e " * 5000) is None
