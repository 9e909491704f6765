"""An undo and a redo are distinguished by the chain of changes that each took back."""

from __future__ import annotations

import pytest

from lfroadmap.store.history.undo_chain import UndoChain


def kinds(rows: dict[int, object], numbers: list[int]) -> list[str | None]:
    chain = UndoChain()
    return [chain.kind(number, rows.get) for number in numbers]


def test_each_takes_the_one_before_it_back() -> None:
    rows: dict[int, object] = {1: None, 2: 1, 3: 2, 4: 3, 5: 4, 6: None, 7: 6}
    expected = [None, "undo", "redo", "undo", "redo", None, "undo"]
    assert kinds(rows, [1, 2, 3, 4, 5, 6, 7]) == expected
    assert kinds(rows, [7, 6, 5, 4, 3, 2, 1]) == expected[::-1]


def test_a_long_chain_is_walked_once() -> None:
    looked: list[int] = []

    def lookup(number: int) -> object:
        looked.append(number)
        return number - 1 or None

    chain = UndoChain()
    numbers = range(20_000, 0, -1)
    found = [chain.kind(number, lookup) for number in numbers]
    assert found[:2] == ["undo", "redo"] and found[-3:] == ["redo", "undo", None]
    assert len(looked) == len(numbers)


@pytest.mark.parametrize("damaged", ["text", 2.5, 2, 3, 99])
def test_a_damaged_row_is_an_undo_and_ends_the_chain(damaged: object) -> None:
    assert kinds({1: None, 2: damaged, 3: 2}, [3, 2]) == ["redo", "undo"]


def test_a_change_that_is_gone_took_none_back() -> None:
    assert kinds({5: 4}, [5]) == ["undo"]
