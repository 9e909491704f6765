"""Who edits and on which device: two random ids, made once and kept in a person's folder of settings.

They are not secret and not in the roadmap's file by themselves: only changes carry them.
"""

from __future__ import annotations

import json
import os
import re
from binascii import b2a_base64
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lfroadmap.files import make_private_folder, write_whole
from lfroadmap.paths import is_endless, resolved

FILE = "identity.json"
_DEVICE_BYTES = 5
"""Random bytes of a device's id: each edit has the id in its stamp."""
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MAX_BYTES = 1000
_FOR_NAMES = bytes.maketrans(b"+/", b"-_")


class Identity(NamedTuple):
    """The ids of a person and a device; both are empty where they are unknown."""

    actor: str = ""
    """The 128 bits of a UUID in base64, without padding."""
    device: str = ""


UNKNOWN = Identity()
"""The identity of one who is known by the author's name alone."""


class Author(NamedTuple):
    """The person who works in a window, and the device."""

    name: str
    """For people; two persons may have the same."""
    actor: str = ""
    device: str = ""

    def is_person(self, name: str, actor: str) -> bool:
        """True if somebody is this person: by the id, or by the name where an id is unknown."""
        return actor == self.actor if actor and self.actor else name == self.name


@cache
def new_identity() -> Identity:
    """New random ids, the same for one run of the program."""
    bits = bytearray(os.urandom(16))
    bits[6], bits[8] = bits[6] & 0x0F | 0x40, bits[8] & 0x3F | 0x80  # a UUID of version 4
    actor = b2a_base64(bits, newline=False).translate(_FOR_NAMES, b"=").decode()
    return Identity(actor, os.urandom(_DEVICE_BYTES).hex())


@cache
def read_identity(folder: Path) -> Identity:
    """The identity that a folder keeps, made at the first call; never fails.

    A damaged file is set aside. Where the file can be neither read nor written, the ids are those of this
    run of the program.
    """
    path = folder / FILE
    try:
        return _read(path) or _write(path, new_identity())
    except OSError:  # editing goes on: later runs count as another person
        return new_identity()


def known_identity(folder: Path) -> Identity:
    """The identity that a folder keeps, for a command that only reads; nothing is made. Never fails."""
    try:
        return _read(folder / FILE) or UNKNOWN
    except OSError:  # persons are distinguished by their names alone
        return UNKNOWN


def _read(path: Path) -> Identity | None:
    """The identity in a file; None where there is no file; one that is damaged is set aside.

    Raises OSError.
    """
    if is_endless(path):
        raise OSError("not a file")
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(_MAX_BYTES))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        kept = None
    ids = [kept.get(name) for name in Identity._fields] if isinstance(kept, dict) else [None]
    if all(isinstance(each, str) and _ID.fullmatch(each) for each in ids):
        return Identity(*ids)
    path.rename(path.with_name(f"identity.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}.json"))
    return None


def _write(path: Path, identity: Identity) -> Identity:
    """Keep an identity; returns the one that is kept, which another program may have written first."""
    target = resolved(path)
    make_private_folder(target.parent)
    try:
        write_whole(target, _text(identity), replace=False, private=True)
    except FileExistsError:
        return _read(path) or identity
    return identity


def _text(identity: Identity) -> bytes:
    return (json.dumps(identity._asdict(), indent=1) + "\n").encode()
