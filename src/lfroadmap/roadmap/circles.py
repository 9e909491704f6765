"""Circles in a directed graph: which edges close them, and the way round."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

P = TypeVar("P", bound=Hashable)


class Edge(NamedTuple, Generic[P]):
    """A way from a point to another; one with a name may be left out, those without one form no circle."""

    start: P
    end: P
    name: str = ""


def circles(edges: Sequence[Edge[P]]) -> Iterator[str]:
    """The names of the edges that close a circle, where they are taken in the order of their names."""
    part_of = _components(edges)
    within: dict[int, list[Edge[P]]] = {}
    for edge in edges:
        if part_of[edge.start] == part_of[edge.end]:
            within.setdefault(part_of[edge.start], []).append(edge)
    for inside in within.values():
        kept = _ends_by_start(edge for edge in inside if not edge.name)
        for edge in sorted((edge for edge in inside if edge.name), key=lambda edge: edge.name):
            if _way(kept, edge.end, edge.start):
                yield edge.name
            else:
                kept.setdefault(edge.start, []).append(edge.end)


def path(edges: Iterable[Edge[P]], start: P, end: P) -> tuple[P, ...]:
    """A shortest way from a point to another, both included; empty where there is none."""
    return _way(_ends_by_start(edges), start, end)


def _ends_by_start(edges: Iterable[Edge[P]]) -> dict[P, list[P]]:
    found: dict[P, list[P]] = {}
    for edge in edges:
        found.setdefault(edge.start, []).append(edge.end)
    return found


def _way(ends: dict[P, list[P]], start: P, end: P) -> tuple[P, ...]:
    before: dict[P, P | None] = {start: None}
    ahead = deque((start,))
    while ahead:
        here = ahead.popleft()
        if here == end:
            out: list[P] = []
            at: P | None = here
            while at is not None:
                out.append(at)
                at = before[at]
            return tuple(reversed(out))
        for there in ends.get(here, ()):
            if there not in before:
                before[there] = here
                ahead.append(there)
    return ()


def _components(edges: Sequence[Edge[P]]) -> dict[P, int]:
    """Point -> the number of its strongly connected component, by Kosaraju's two searches."""
    forth = _ends_by_start(edges)
    back = _ends_by_start(Edge(edge.end, edge.start) for edge in edges)
    found: dict[P, int] = {}
    for first in reversed(_finished(forth, dict.fromkeys(point for edge in edges for point in edge[:2]))):
        if first in found:
            continue
        number, ahead = len(found), [first]
        found[first] = number
        while ahead:
            for there in back.get(ahead.pop(), ()):
                if there not in found:
                    found[there] = number
                    ahead.append(there)
    return found


def _finished(ends: dict[P, list[P]], points: Iterable[P]) -> list[P]:
    """The points in the order in which a search in depth leaves them."""
    seen: set[P] = set()
    out: list[P] = []
    for first in points:
        if first in seen:
            continue
        seen.add(first)
        stack = [(first, iter(ends.get(first, ())))]
        while stack:
            point, ahead = stack[-1]
            there = next((each for each in ahead if each not in seen), None)
            if there is None:
                out.append(point)
                stack.pop()
            else:
                seen.add(there)
                stack.append((there, iter(ends.get(there, ()))))
    return out
