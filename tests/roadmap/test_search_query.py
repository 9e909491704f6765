"""Queries as they are typed: words, filters in both languages, quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.search_query import query_text, read_query
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.words import LANGUAGES, Language, words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("call the bank", TaskFilter(text="call the bank")),
        ("owner:dana", TaskFilter(owner="dana")),
        ("OWNER:Dana", TaskFilter(owner="Dana")),
        ('owner:"Dana Levi" call', TaskFilter(owner="Dana Levi", text="call")),
        ('אחראי:"דנה לוי" שלב:נתונים', TaskFilter(owner="דנה לוי", stage="נתונים")),
        ("is:late due:week is:open", TaskFilter(is_late=True, is_due_this_week=True, is_open=True)),
        ("רק:באיחור יעד:השבוע רק:פתוחות", TaskFilter(is_late=True, is_due_this_week=True, is_open=True)),
        ("health:at-risk", TaskFilter(health="at-risk")),
        ("owner:dana late", TaskFilter(owner="dana", is_late=True)),
        ("late owner:dana open", TaskFilter(owner="dana", is_late=True, is_open=True)),
        ("שלב:נתונים באיחור", TaskFilter(stage="נתונים", is_late=True)),
        ('owner:dana "late"', TaskFilter(owner="dana", text="late")),
        ("late", TaskFilter(text="late")),
        ("open late", TaskFilter(text="open late")),
        ("owner:", TaskFilter()),
        ("is:la", TaskFilter()),
        ("is:lost", TaskFilter(text="is:lost")),
        ("https://example.com", TaskFilter(text="https://example.com")),
        ('"call', TaskFilter(text="call")),
        ('""', TaskFilter()),
        ("", TaskFilter()),
    ],
)
def test_what_is_typed_is_understood(typed: str, wanted: TaskFilter) -> None:
    assert read_query(typed).filter == wanted


def test_a_filter_asks_for_tasks_and_words_for_anything() -> None:
    assert read_query("owner:dana call").for_tasks
    assert not read_query("dana call").for_tasks
    assert read_query(" ").is_empty
    assert read_query("owner:").is_empty


names = st.text("abאב :-é", min_size=1, max_size=8).map(str.strip).filter(bool)
filters = st.builds(
    TaskFilter,
    owner=st.one_of(st.just(""), names),
    is_late=st.booleans(),
    is_due_this_week=st.booleans(),
    is_open=st.booleans(),
    stage=st.one_of(st.just(""), names),
    health=st.sampled_from(["", "late", "at-risk"]),
    text=st.lists(
        st.one_of(
            st.sampled_from(["late", "open", "פתוחות", "is:late", "owner:x", "a:b"]),
            st.text("abא", min_size=1),
        ),
        max_size=3,
    ).map(" ".join),
)


@examples(300)
@given(filters, st.sampled_from(LANGUAGES))
def test_a_filter_is_read_as_it_is_written(wanted: TaskFilter, language: Language) -> None:
    assert read_query(query_text(wanted, words(language))).filter == wanted


@examples(200)
@given(st.text('ab":אis:late owner:open '))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    assert read_query(typed).filter.plain().keys() <= TaskFilter.__dataclass_fields__.keys()
