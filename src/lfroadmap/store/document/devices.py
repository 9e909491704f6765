"""Whose the devices are: `device:<id>` in a document's `meta` has the id of the person.

A stamp names only the device: an entry for each device costs nothing an edit. Readers before it pass over it.
Anybody who shares the document can write any entry, so that it decides about names alone.
"""

from __future__ import annotations

import re
from typing import Protocol

from lfroadmap.store.document.stamps import Readable

_KEY = "device:"
_ACTOR = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Writable(Readable, Protocol):
    """The values of a map, which can be set."""

    def __setitem__(self, key: str, value: str, /) -> None:
        """Set a value."""


def person_of(meta: Readable, device: str) -> str:
    """The id of the person who works on a device; empty where it is unknown."""
    actor = meta.get(_KEY + device)
    return actor if isinstance(actor, str) and _ACTOR.fullmatch(actor) else ""


def write_person(meta: Writable, device: str, actor: str) -> None:
    """Write whose a device is, where the document says nothing or something else."""
    if person_of(meta, device) != actor:
        meta[_KEY + device] = actor
