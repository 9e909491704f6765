"""Rows about what was said to customers, and what they read."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Satisfaction(NamedTuple):
    """Mean of what customers answered."""

    of: Literal["all", "stage"]
    stage: str | None
    answers: int
    mean: float | None


class Objection(NamedTuple):
    """An objection and how often it was heard."""

    objection: str
    times: int


class Conversations(NamedTuple):
    """Conversations of a stage, in flows that became exits, or on the way to a purchase."""

    of: Literal["stage", "exit", "purchase"]
    stage: str | None
    conversations: int
    sentiment: float | None
    readiness: float | None
    objections: tuple[Objection, ...]


class Content(NamedTuple):
    """A content and the flows that have it."""

    content: str
    flows: int
    returning: int
    """Flows that begin with a return."""
    lost: int
    """Flows that are exits."""
