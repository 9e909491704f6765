"""The shape of a JSON snapshot: the model's own dataclasses, and which words are their template's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task

# What pydantic reads off a dataclass; a plain dict, so that this file needs no pydantic.
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class TaskForm(Task):
    """A task as it stands in a snapshot."""

    from_template: tuple[Literal["text"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class FieldForm(Field):
    """A field as it stands in a snapshot."""

    from_template: tuple[Literal["label"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class CardForm(Card):
    """A card as it stands in a snapshot."""

    fields: tuple[FieldForm, ...] = ()
    tasks: tuple[TaskForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class StageForm(Stage):
    """A stage as it stands in a snapshot."""

    cards: tuple[CardForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class KpiForm(Kpi):
    """A KPI as it stands in a snapshot."""

    from_template: tuple[Literal["measure", "definition", "target", "owner"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class RoadmapForm(Roadmap):
    """The roadmap as it stands in a snapshot."""

    stages: tuple[StageForm, ...] = ()
    kpis: tuple[KpiForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


Form = TaskForm | FieldForm | CardForm | StageForm | KpiForm | RoadmapForm


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """A change of the roadmap, told in words."""

    id: int
    """Newer changes have higher ones."""
    time: str
    """When, in local time with its zone, as ISO 8601 writes it."""
    author: str
    what: str
    """What was done, by a name that is the same in every language: `set`, `tick`, `add`, …"""
    node: str
    """Id of what it was done to; empty for the whole roadmap."""
    card: str
    place: str
    before: str
    after: str
    text: str
    """All of it in a line of plain words."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class Document:
    """A whole snapshot."""

    format: Literal["lfroadmap"]
    version: Literal[1, 2]
    """1 of a whole roadmap without a history, which all readers know; otherwise 2."""
    roadmap: RoadmapForm
    language: str = ""
    """The language of the words that are written out; reading does not need it."""
    history: tuple[ChangeForm, ...] = ()
    """The changes, newest first, for who reads the file; a roadmap made from it begins its own history."""
    part: bool = False
    """Whether stages or long texts were left out, so that it must not take the whole roadmap's place."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class Head:
    """What is looked at first, of whatever JSON object this may be."""

    format: object = None
    version: object = None
