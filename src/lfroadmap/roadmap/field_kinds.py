"""The kinds of fields that can have a role."""

from __future__ import annotations

from lfroadmap.roadmap.model import Kind, Role

KINDS_OF: dict[Role, tuple[Kind, ...]] = {
    "": ("text", "long", "date", "number", "choice"),
    "owner": ("text",),
    "start": ("date",),
    "deadline": ("date",),
    "goals": ("text", "long"),
}
"""Role -> the kinds that a field of the role can have."""
