"""Counting the calls of a method, which does what it does otherwise."""

from __future__ import annotations

import pytest

Calls = list[tuple[object, ...]]
"""The arguments of each call."""


def counted(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> Calls:
    """The calls of a method from now on."""
    calls: Calls = []
    method = getattr(owner, name)

    def call(self: object, *arguments: object) -> object:
        calls.append(arguments)
        return method(self, *arguments)

    monkeypatch.setattr(owner, name, call)
    return calls
