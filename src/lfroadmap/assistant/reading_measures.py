"""The measures of flows: what each is, and the figure that a roadmap keeps of it."""

from __future__ import annotations

from collections.abc import Mapping

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import ROADMAP_SCHEMA, Json, Listing
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.parameters import Parameters
from lfroadmap.roadmap.flow_figures import FlowFigures, read_figures
from lfroadmap.roadmap.measurements import latest
from lfroadmap.usecases.explain_report import explanation_json, explanation_of
from lfroadmap.usecases.kept_explanation import parameters_of

_ALWAYS = ("id", "name", "definition")
"""What a list of measures says of each."""
_TEXTS = {
    "id": "Id of the measure, by which tools take it.",
    "name": "What it is called.",
    "definition": "What it says, in words.",
    "formula": "How it is calculated; empty for a list, and for a count.",
    "numerator": "What is divided, in words; empty where it is no quotient.",
    "denominator": "By what it is divided, in words; empty where it is no quotient.",
    "others": "How other products define it differently; empty where they do not.",
}
_MEASURED = {
    "day": "The day of the measurement.",
    "first": "The day of the first event.",
    "last": "The day of the last event.",
    "currency": "The currency of amounts.",
}
_COUNTED = {"events": "Events that were measured.", "customers": "Customers who had them."}


def _texts(described: Mapping[str, str]) -> Json:
    return {key: {"type": "string", "description": text} for key, text in described.items()}


ITEM_SCHEMA: Json = {
    "type": "object",
    "properties": {
        **_texts(_TEXTS),
        "parameters": {"type": "object", "description": "What it depends on, with the values."},
        "queries": {"type": "object", "description": "Name of a query -> its SQL."},
        "figure": {
            "type": "object",
            "properties": {
                "value": {"type": ["number", "null"], "description": "Null where it is undefined."},
                "numerator": {"type": ["number", "null"], "description": "Null where it is no quotient."},
                "denominator": {"type": ["number", "null"], "description": "Null where it is no quotient."},
                "unit": {"type": "string", "description": "Unit of the value."},
            },
            "required": ["value", "numerator", "denominator", "unit"],
            "additionalProperties": False,
            "description": "What was measured of it; missing of a list, and where nothing was.",
        },
        "rows": {"type": ["array", "object"], "description": "The first rows of a list."},
    },
    "required": list(_ALWAYS),
    "additionalProperties": False,
}
HEAD_SCHEMA: Json = {
    "roadmap": ROADMAP_SCHEMA,
    "measured": {
        "type": "object",
        "properties": {
            **_texts(_MEASURED),
            **{key: {"type": "integer", "minimum": 0, "description": text} for key, text in _COUNTED.items()},
        },
        "additionalProperties": False,
        "description": "The newest measurement; empty where there is none.",
    },
}


def measures(desk: Desk, given: Values) -> Listing:
    """The measures with the figures of the newest measurement; of one also its formula and its queries."""
    name = desk.chosen(given.get("in"))
    newest = latest(desk.stored(name).measurements)
    figures = read_figures(newest.figures) if newest else None
    head: Json = {}
    if newest and figures:
        head = {"day": newest.day, "first": figures.first, "last": figures.last}
        head |= {"currency": figures.currency, "events": figures.events, "customers": figures.customers}
    asked = given.get("measure")
    items = [_item(desk, id, figures, whole=bool(asked)) for id in ((asked,) if asked else IDS)]
    return Listing(items, {"roadmap": name, "measured": head})


def _item(desk: Desk, id: str, figures: FlowFigures | None, *, whole: bool) -> Json:
    """A measure; raises UsageError for an id that there is not."""
    parameters = parameters_of(figures.parameters) if figures else Parameters()
    explained = explanation_json(explanation_of(id, parameters, desk.words))
    item: Json = {key: value for key, value in explained.items() if whole or key in _ALWAYS}
    if figures and id in figures.measures:
        item["figure"] = figures.measures[id]._asdict()
    if figures and whole and id in figures.lists:
        item["rows"] = figures.lists[id]
    return item
