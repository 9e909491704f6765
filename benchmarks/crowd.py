"""`python -m benchmarks.crowd URL ROOM NUMBER`: so many people without stores type, until they are ended.

The token is on the standard input; a line says when all are there.
"""

from __future__ import annotations

import asyncio
import sys
import time

from pycrdt import Map

from lfroadmap.store.document.stamps import stamp_text
from tests.team.wire_peer import Peer

PAUSE = 0.5
"""Seconds between two keys of a person."""
FIELD = "strategy.goals.owner"
"""A field that is left to somebody else."""


async def crowd(url: str, room: str, token: str, number: int) -> None:
    peers = [Peer(url, room, token) for _ in range(number)]
    for each in peers:
        await each.join()
    print("all are there", flush=True)
    await asyncio.gather(*(_type(peer, at, number) for at, peer in enumerate(peers)))


async def _type(peer: Peer, at: int, number: int) -> None:
    """Write into a field of one's own, as far as there are enough."""
    fields = peer.doc.get("fields", type=Map)
    names = sorted(set(fields.keys()) - {FIELD})
    name = names[at % len(names)]
    await asyncio.sleep(PAUSE * at / number)
    text = ""
    while not peer.closed:
        text = text + "x" if len(text) < 60 else ""
        await write(peer, name, text, f"person {at}")
        await asyncio.sleep(PAUSE)


async def write(peer: Peer, field: str, text: str, author: str) -> None:
    """Set a field as the program does, and send it."""
    with peer.doc.transaction():
        values = peer.doc.get("fields", type=Map)[field]
        values["value"] = text
        values["value@"] = stamp_text(author, f"device {author}".replace(" ", "-"), int(time.time() * 1000))
    await peer.push()


if __name__ == "__main__":
    _, url, room, number = sys.argv
    asyncio.run(crowd(url, room, sys.stdin.readline().strip(), int(number)))
