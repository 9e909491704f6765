"""The roadmap as values: frozen nodes, each with an id that never changes.

A text of `None` means that it comes from the template in the reader's language (`templates.Labels` finds
it); a node that somebody added or renamed has its own text. A copy of a template's node, or one that was
taken from another template, says in `words_from` whose texts it has: `sales-pipeline/negotiation`.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal

Kind = Literal["text", "long", "date", "number", "choice"]
"""How a field is edited: one line, many lines, a day, a number, one of a few."""

Role = Literal["", "owner", "start", "deadline", "goals"]
"""The meaning of a field in the overview; most have none."""

TextDirection = Literal["auto", "ltr"]
"""`ltr` for values that are never Hebrew: links, e-mail addresses, event names."""

Better = Literal["", "up", "down"]
"""The direction in which a KPI improves; empty: derived from the sign of its target."""

CalculatorKind = Literal["funnel", "pipeline", "unit"]
"""What a calculator calculates: rates from step to step, a forecast of deals, unit economics."""

Origin = Literal["", "calculated", "measured"]
"""Where a value comes from: typed by a person (empty), a calculator's result, measured from events."""


RelationKind = Literal["waits_for", "moves"]
"""How a node relates to another: it waits until that is done, or it moves a KPI."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a card or a task waits for, or a KPI that a card moves."""

    id: str
    kind: RelationKind = "waits_for"
    target: str = ""
    """Id of a card or a task, or of the KPI; where there is none with it, the relation does not count."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a card or a task, and when."""

    id: str
    text: str | None = None
    author: str = ""
    time: str = ""
    """When it was written, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`; a day alone, or empty, where that is all."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a checklist."""

    id: str
    text: str | None = None
    done: bool = False
    done_on: str = ""
    """The day it was ticked, `YYYY-MM-DD`, or empty."""
    due: str = ""
    """The day by which it is to be done, `YYYY-MM-DD`, or empty."""
    owner: str = ""
    notes: tuple[Note, ...] = ()
    words_from: str = ""
    repeat: str = ""
    """When the next one is due after it is ticked, as `repeats.parse_repeat` writes it; empty: never."""
    relations: tuple[Relation, ...] = ()
    """What it waits for."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a card's form."""

    id: str
    kind: Kind = "text"
    role: Role = ""
    label: str | None = None
    value: str = ""
    """The value as typed; a valid date is stored as `YYYY-MM-DD`, any other stays as typed.
    A choice is stored as the id of its option."""
    direction: TextDirection = "auto"
    options: tuple[str, ...] = ()
    """Ids of a choice's options; their labels are the template's, or the ids themselves."""
    words_from: str = ""


@dataclass(frozen=True, slots=True)
class CalculatorRow:
    """One row of a calculator's table; the calculator's kind says which columns it has."""

    id: str
    name: str | None = None
    """The step of a funnel, the deal or stage of a pipeline, the channel or period of unit economics."""
    count: str = ""
    """How many reached the step, or a pipeline's stage; this and the other values are stored as typed."""
    rate: str = ""
    """Another rate from the step before, to see what would come of it; empty for the rate that it is."""
    stage: str = ""
    """The stage that a deal stands in; empty in every row of a pipeline whose rows are stages."""
    value: str = ""
    probability: str = ""
    days: str = ""
    spend: str = ""
    customers: str = ""
    months: str = ""
    words_from: str = ""


@dataclass(frozen=True, slots=True)
class Calculator:
    """A table of a card that calculates."""

    id: str
    kind: CalculatorKind = "funnel"
    title: str | None = None
    rows: tuple[CalculatorRow, ...] = ()
    words_from: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A part of a stage with one owner: a form, a checklist, and calculators."""

    id: str
    title: str | None = None
    fields: tuple[Field, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    calculators: tuple[Calculator, ...] = ()
    words_from: str = ""
    relations: tuple[Relation, ...] = ()
    """What it waits for, and the KPIs that it moves."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A tab of the roadmap."""

    id: str
    title: str | None = None
    cards: tuple[Card, ...] = ()
    words_from: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a KPI on a day, set down for that day."""

    id: str
    value: str | None = None
    day: str = ""
    """The day, `YYYY-MM-DD`."""
    origin: Origin = ""
    source: str = ""
    """What it was taken from: `<id of a calculator>/<name of its result>`; empty for a typed one."""
    time: str = ""
    """When it was taken, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`; empty for a typed one."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One row of the KPI table."""

    id: str
    measure: str | None = None
    definition: str | None = None
    target: str | None = None
    owner: str | None = None
    baseline: str = ""
    current: str = ""
    better: Better = ""
    unit: str = ""
    readings: tuple[Reading, ...] = ()
    words_from: str = ""
    bound_to: str = ""
    """Id of the measure of flows that gives its value; empty where it is bound to none."""
    bound_channel: str = ""
    """Only of customers whose first event came by this channel; empty for all."""
    bound_segment: str = ""
    """Only of customers of this segment, `column=value`; empty for all."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured of the company's events at one time."""

    id: str
    title: str | None = None
    """A person's name for it; most have none."""
    day: str = ""
    """The day of its figures, `YYYY-MM-DD`."""
    time: str = ""
    """When it was taken, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`."""
    figures: str = ""
    """JSON that `flow_figures` reads; it never has ids of customers, sources, paths or credentials."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The whole plan."""

    id: str
    title: str | None = None
    template: str = ""
    """The template that supplies the texts that are `None`; empty where there is none."""
    stages: tuple[Stage, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    """What was measured, the oldest first."""


Node = (
    Stage | Card | Field | Task | Calculator | CalculatorRow | Relation | Note | Kpi | Reading | Measurement
)
"""Everything that can be added, moved and removed."""

_BESIDE: tuple[tuple[str, type], ...] = (("relations", Relation), ("notes", Note))

CHILDREN: dict[type, tuple[tuple[str, type], ...]] = {
    Roadmap: (("stages", Stage), ("kpis", Kpi), ("measurements", Measurement)),
    Stage: (("cards", Card),),
    Card: (("fields", Field), ("tasks", Task), ("calculators", Calculator), *_BESIDE),
    Field: (),
    Task: _BESIDE,
    Calculator: (("rows", CalculatorRow),),
    CalculatorRow: (),
    Relation: (),
    Note: (),
    Kpi: (("readings", Reading),),
    Reading: (),
    Measurement: (),
}
"""Class of a node -> the attributes with its children and their class; in reading order.

The one table of the tree: everything that walks through a roadmap, edits, compares, reads or writes one
uses it, so that a new kind of node is a dataclass, a row here and one in `TITLE_OF`.
"""


ATTRIBUTES: dict[type, dict[str, Any]] = {
    kind: {
        field.name: field.default
        for field in fields(kind)
        if field.default is not MISSING and field.name not in dict(below)
    }
    for kind, below in CHILDREN.items()
}
"""Names and defaults of a node's attributes other than its id and its children."""

TITLE_OF: dict[type, str] = {
    Roadmap: "title",
    Stage: "title",
    Card: "title",
    Field: "label",
    Task: "text",
    Calculator: "title",
    CalculatorRow: "name",
    Relation: "target",
    Note: "text",
    Kpi: "measure",
    Reading: "value",
    Measurement: "title",
}
"""The attribute that `Rename` sets; what a relation relates to is set by none."""

LONGEST: dict[type, dict[str, int]] = {Measurement: {"figures": 64_000}}
"""Characters of the attributes that are read up to a length of their own."""

TASK_DAYS = ("due", "done_on")
"""The attributes of a task that hold a day, `YYYY-MM-DD`, or nothing."""

TASK_DETAILS = ("due", "owner", "repeat")
"""The attributes of a task other than its text and its mark; `SetTask` sets them."""

CALCULATOR_COLUMNS: dict[CalculatorKind, tuple[str, ...]] = {
    "funnel": ("name", "count", "rate"),
    "pipeline": ("name", "stage", "count", "value", "probability", "days"),
    "unit": ("name", "spend", "customers", "value", "months"),
}
"""Kind of a calculator -> the columns of its table that a person fills, in reading order."""

ROW_VALUES = ("count", "rate", "stage", "value", "probability", "days", "spend", "customers", "months")
"""The values of a calculator's row other than its name; `SetRow` sets them."""

KPI_COLUMNS = ("measure", "definition", "baseline", "target", "current", "better", "unit", "owner")
"""The KPI table's columns that a person fills, in reading order; `SetKpi` sets them."""

KPI_BINDING = ("bound_to", "bound_channel", "bound_segment")
"""The attributes of a KPI that say which measure gives its value; `Bind` sets them together."""

KPI_TEXTS = ("measure", "definition", "target", "owner")
"""The columns whose texts may come from the template."""
