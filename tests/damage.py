"""Damage done to a file's bytes."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words


def damaged(sound: bytes, chance: random.Random, n: int) -> bytes:
    """The bytes with some of them or of their bits changed, a block zeroed, or an end cut off."""
    data = bytearray(sound)
    at = chance.randrange(len(data))
    if n % 5 == 0:
        return bytes(data[:at])
    if n % 5 == 1:
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))
    elif n % 5 == 2:
        data[at % 100] ^= 1 << chance.randrange(8)
    else:
        for _ in range(n % 3 + 1):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def refused(path: Path) -> str:
    """The key of the refusal, which is the same for both ways of opening."""
    with pytest.raises(BrokenStore) as opening:
        Store(path, "dana")
    for language in LANGUAGES:
        assert words(language).error(opening.value).count(str(path)) == 1
    return opening.value.key


def folder(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}


def run_sql(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
