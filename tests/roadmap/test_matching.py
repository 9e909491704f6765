from __future__ import annotations

import pytest

from lfroadmap.roadmap.matching import EXCERPT, excerpt, match, offsets, query_words

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
        ("לוינ", "דנה לוין", (4, 5, 6, 7)),
        ("כספימ", "כְּסָפִים", (0, 3, 5, 7, 8)),
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


@pytest.mark.parametrize("before", ["x" * 300, "שׁ" * 300, "ﬁ" * 300, ""])
@pytest.mark.parametrize("after", ["y" * 300, ""])
def test_an_excerpt_of_a_long_text_has_the_first_word_and_says_where_it_was_cut(
    before: str, after: str
) -> None:
    words = query_words("needle")
    shown = excerpt(f"{before} needle {after}", words)
    assert "".join(shown[at] for at in offsets(words, shown)) == "needle"
    assert len(shown) <= EXCERPT + 2
    assert shown.startswith("…") == bool(before)
    assert shown.endswith("…") == (len(after) > EXCERPT)
