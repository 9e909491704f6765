"""What a person is told beside the answer: a command that was interrupted, a file that was put aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Notice(NamedTuple):
    """One of the words under `recovery`, with the facts that fill them."""

    key: str
    facts: dict[str, object]


Notify = Callable[[Notice], None]


def notice(key: str, **facts: object) -> Notice:
    """A notice with its facts."""
    return Notice(key, facts)


def ignore(_: Notice) -> None:
    """Tell nobody: for who only looks at the files afterwards."""
