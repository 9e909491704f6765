"""The shape of a JSON snapshot: the model's own dataclasses with a list of the texts from the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from lfroadmap.roadmap.model import (
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Measurement,
    Note,
    Reading,
    Relation,
    Roadmap,
    Stage,
    Task,
)

# Configuration that pydantic reads off a dataclass; a plain dict, so that this module needs no pydantic.
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class NoteForm(Note):
    """A note in a snapshot."""

    from_template: tuple[Literal["text"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class RelationForm(Relation):
    """A relation of a card or a task in a snapshot."""

    from_template: tuple[Literal["target"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class TaskForm(Task):
    """A task in a snapshot."""

    notes: tuple[NoteForm, ...] = ()
    relations: tuple[RelationForm, ...] = ()
    from_template: tuple[Literal["text"], ...] = ()
    legacy: dict[Literal["due", "done_on"], str] = field(default_factory=dict)
    """Values of older versions that are no days; a reader of the file may show them."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class FieldForm(Field):
    """A field in a snapshot."""

    from_template: tuple[Literal["label"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class CalculatorRowForm(CalculatorRow):
    """A row of a calculator in a snapshot."""

    from_template: tuple[Literal["name"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class CalculatorForm(Calculator):
    """A calculator in a snapshot."""

    rows: tuple[CalculatorRowForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class CardForm(Card):
    """A card in a snapshot."""

    fields: tuple[FieldForm, ...] = ()
    tasks: tuple[TaskForm, ...] = ()
    notes: tuple[NoteForm, ...] = ()
    calculators: tuple[CalculatorForm, ...] = ()
    relations: tuple[RelationForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class StageForm(Stage):
    """A stage in a snapshot."""

    cards: tuple[CardForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class ReadingForm(Reading):
    """The value of a KPI on a day in a snapshot."""

    from_template: tuple[Literal["value"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class KpiForm(Kpi):
    """A KPI in a snapshot."""

    readings: tuple[ReadingForm, ...] = ()
    from_template: tuple[Literal["measure", "definition", "target", "owner"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class MeasurementForm(Measurement):
    """What was measured at one time in a snapshot."""

    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class RoadmapForm(Roadmap):
    """The roadmap in a snapshot."""

    stages: tuple[StageForm, ...] = ()
    kpis: tuple[KpiForm, ...] = ()
    measurements: tuple[MeasurementForm, ...] = ()
    from_template: tuple[Literal["title"], ...] = ()
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


Form = (
    NoteForm | RelationForm | TaskForm | FieldForm | CalculatorRowForm | CalculatorForm | ReadingForm
    | CardForm | StageForm | KpiForm | MeasurementForm | RoadmapForm
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """A change of the roadmap, described in words."""

    id: int
    """Newer changes have higher ones."""
    time: str
    """Local time with its zone, in ISO 8601."""
    author: str
    what: str
    """Kind of the change, the same in every language: `set`, `tick`, `add`, …"""
    node: str
    """Id of the changed node; empty for the roadmap itself."""
    card: str
    place: str
    before: str
    after: str
    text: str
    """The whole change as a line of plain text."""
    made: str = ""
    """When its author made it, where `time`, its arrival from another device, is at least a minute apart."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class Document:
    """A whole snapshot."""

    format: Literal["lfroadmap"]
    version: Literal[1, 2, 3, 4, 5, 6, 7, 8]
    """1 for a full roadmap without a history, which all readers know; otherwise 2."""
    roadmap: RoadmapForm
    language: str = ""
    """The language of the texts that are written out; reading does not need it."""
    history: tuple[ChangeForm, ...] = ()
    """The changes, newest first, for people; a roadmap made from the file begins its own history."""
    part: bool = False
    """True if stages or long texts were left out, so that it must not replace the full roadmap."""
    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT


@dataclass(frozen=True, slots=True)
class Head:
    """The keys that are checked first, in any JSON object."""

    format: object = None
    version: object = None
