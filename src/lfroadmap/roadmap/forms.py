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
class Document:
    """A whole snapshot."""

    format: Literal["lfroadmap"]
    version: Literal[1]
    roadmap: RoadmapForm
    language: str = ""
    """The language of the words that are written out; reading does not need it."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class Head:
    """What is looked at first, of whatever JSON object this may be."""

    format: object = None
    version: object = None
