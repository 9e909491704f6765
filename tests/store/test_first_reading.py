"""The first update of a peer is read by itself, as every later one."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Tick
from lfroadmap.store.document import document_reader
from listening import Person
from merging import merge, peer_of, state


def test_the_first_update_of_a_peer_does_not_read_the_whole_document(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer = peer_of(path)
    update = peer.does(Tick("t1", True, "2026-01-01"))[0]
    dana = Person(path, "dana")
    lineage = state(dana).lineage
    whole: list[object] = []
    read = document_reader.read
    monkeypatch.setattr(document_reader, "read", lambda *given: (whole.append(given), read(*given))[1])
    assert merge(dana, update, lineage).outcome == "merged"
    assert dana.store.roadmap == peer.roadmap
    assert whole == []
    dana.leaves()
