"""Completion of owners' names from the names that are used already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_NAME = re.compile(r"(?<!\S)@([^@,;]*)$")
"""A name that is being typed at the end of a task's line."""


def complete_owner(typed: str, owners: Iterable[str]) -> str:
    """The first of `owners` that begins with what is typed, in any case; empty for none."""
    beginning = typed.casefold()
    found = (o for o in owners if len(o) > len(typed) and o[: len(typed)].casefold() == beginning)
    return next(found, "") if beginning.strip() else ""


def complete_line(typed: str, owners: Iterable[str]) -> str:
    """A task's line with the name at its end completed; empty where there is none to complete."""
    name = _NAME.search(typed)
    owner = complete_owner(name[1], owners) if name else ""
    return typed[: name.start(1)] + owner if name and owner else ""


def completes(how: Callable[[str, Iterable[str]], str], owners: tuple[str, ...]) -> Callable[[str], str]:
    """One of the functions above, for an input."""
    return lambda typed: how(typed, owners)
