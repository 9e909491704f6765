"""Damage done to a file's bytes."""

from __future__ import annotations

import random


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
