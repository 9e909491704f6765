"""What each channel is worth: its credits by model, its cost and its return, a row a channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lfroadmap.report.calculators.figures import NONE
from lfroadmap.report.flows.figures import format_count, format_share, is_number
from lfroadmap.report.flows.list_nodes import ROWS, head, rows_of, text
from lfroadmap.report.nodes import Grid, Node, Value
from lfroadmap.roadmap.flow_figures import FlowFigures
from lfroadmap.words import Words

MODELS = ("first", "last", "linear", "markov", "shapley", "counterfactual")
"""The models of attribution, in their order."""


def channels(figures: FlowFigures, words: Words) -> tuple[Node, ...]:
    """The purchases that each channel is credited with by each model, and the return on its cost."""
    credits, roi = _credits(figures), _by_channel(figures)
    names = sorted({*_names(credits), *roi}, key=lambda name: (-_total(credits, name), name))
    shown = names[:ROWS]
    nodes: list[Node] = []
    if credits:
        nodes += [Value(words("flow_figures.about_credits"), "muted"), _credit_grid(credits, shown, words)]
    if roi:
        nodes += [Value(words("flow_figures.about_roi"), "muted"), _roi_grid(figures, roi, shown, words)]
    if (rest := len(names) - len(shown)) > 0 and nodes:
        nodes.append(Value(words.plural("compared.more", rest), "muted"))
    return tuple(nodes)


def _credits(figures: FlowFigures) -> dict[str, Mapping[str, Any]]:
    """Model -> channel -> credit."""
    found = figures.lists.get("attribution")
    models = found if isinstance(found, dict) else {}
    return {model: models[model] for model in MODELS if isinstance(models.get(model), Mapping)}


def _names(credits: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [name for by_channel in credits.values() for name in by_channel]


def _total(credits: Mapping[str, Mapping[str, Any]], name: str) -> float:
    return sum(float(each[name]) for each in credits.values() if is_number(each.get(name)))


def _by_channel(figures: FlowFigures) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Channel -> model -> its row of the list of returns."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows_of(figures, "roi"):
        channel, model = row.get("channel"), row.get("model")
        if isinstance(channel, str) and model in MODELS:
            found.setdefault(channel, {})[model] = row
    return found


def _credit_grid(credits: Mapping[str, Mapping[str, Any]], names: Sequence[str], words: Words) -> Grid:
    heads = (words("flows.head_channel"), *(words(f"flows.model_{model}") for model in credits))
    rows = tuple(
        (Value(_channel(name, words)), *(Value(format_count(each.get(name))) for each in credits.values()))
        for name in names
    )
    return Grid(heads, rows, fitted=True)


def _roi_grid(
    figures: FlowFigures,
    roi: Mapping[str, Mapping[str, Mapping[str, Any]]],
    names: Sequence[str],
    words: Words,
) -> Grid:
    """The cost of each channel, and by each model of which all channels are known its return."""
    known = [name for name in names if name in roi]
    models = [model for model in MODELS if all(model in by_model for by_model in roi.values())]
    heads = (
        words("flows.head_channel"),
        head("cost", figures, words),
        *(words(f"flows.model_{model}") for model in models),
    )
    rows = tuple(
        (Value(_channel(name, words)), Value(_cost(roi[name])), *_returns(roi[name], models))
        for name in known
    )
    return Grid(heads, rows, fitted=True)


def _cost(by_model: Mapping[str, Mapping[str, Any]]) -> str:
    return next((format_count(row.get("cost")) for row in by_model.values()), NONE)


def _returns(by_model: Mapping[str, Mapping[str, Any]], models: Sequence[str]) -> list[Value]:
    found = [by_model.get(model, {}).get("roi") for model in models]
    return [Value(format_share(roi), _tone(roi)) for roi in found]


def _tone(roi: object) -> str:
    """Late where less comes back than was spent."""
    return "late" if is_number(roi) and isinstance(roi, int | float) and roi < 0 else ""


def _channel(name: str, words: Words) -> str:
    return text(name) if name else words("flows.untouched")
