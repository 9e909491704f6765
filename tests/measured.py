"""A roadmap in which flows were measured twice, and one of whose KPIs turned the wrong way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, figures_text
from lfroadmap.roadmap.model import Measurement, Reading, Roadmap
from lfroadmap.words import Language
from samples import sample

NOW: dict[str, Figure] = {
    "return_rate": Figure(70 / 190, 70, 190, "share"),
    "return_days_median": Figure(48.0, None, None, "days"),
    "close_rate": Figure(135 / 310, 135, 310, "share"),
    "win_rate": Figure(155 / 375, 155, 375, "share"),
    "cross_sell_rate": Figure(None, 0, 0, "share"),
    "interaction_quality": Figure(2035 / 920, 2035, 920, "weight"),
    "cac": Figure(315 / 135, 315, 135, "money"),
    "ltv": Figure(18125 / 135, 18125, 135, "money"),
    "at_risk": Figure(3, None, None, "customers"),
    "events": Figure(920, None, None, "events"),
    "exits": Figure(220, None, None, "flows"),
}
BEFORE: dict[str, Figure] = {
    "return_rate": Figure(70 / 165, 70, 165, "share"),
    "return_days_median": Figure(51.5, None, None, "days"),
    "close_rate": Figure(135 / 285, 135, 285, "share"),
    "win_rate": Figure(128 / 315, 128, 315, "share"),
    "interaction_quality": Figure(2035 / 920, 2035, 920, "weight"),
    "cac": Figure(250 / 135, 250, 135, "money"),
    "at_risk": Figure(7, None, None, "customers"),
    "events": Figure(870, None, None, "events"),
}
MODELS = ("first", "last", "linear", "markov", "shapley", "counterfactual")
LISTS: dict[str, Any] = {
    "entry_points": [
        {"kind": "visit", "channel": "blog", "entries": 205, "new": 205, "reentries": 0, "share": 0.5125},
        {"kind": "visit", "channel": "מודעות", "entries": 130, "new": 90, "reentries": 40, "share": 0.325},
        {"kind": None, "channel": None, "entries": 65, "new": 15, "reentries": 50, "share": 0.1625},
    ],
    "exit_points": [
        {
            "kind": "click",
            "channel": "mail",
            "stage": "interest",
            "exits": 120,
            "returned": 0,
            "share": 6 / 11,
        },
        {"kind": "quote", "channel": None, "stage": "offer", "exits": 100, "returned": 70, "share": 5 / 11},
    ],
    "stage_conversion_any": [
        {"place": 1, "step": "visit", "customers": 310, "rate": None, "overall": 1.0},
        {"place": 2, "step": "quote", "customers": 145, "rate": 145 / 310, "overall": 145 / 310},
        {"place": 3, "step": "purchase", "customers": 115, "rate": 115 / 145, "overall": 115 / 310},
    ],
    "stage_conversion_first": [
        {"place": 1, "step": "visit", "customers": 310, "rate": None, "overall": 1.0},
        {"place": 2, "step": "quote", "customers": 124, "rate": 0.4, "overall": 0.4},
        {"place": 3, "step": "purchase", "customers": 62, "rate": 0.5, "overall": 0.2},
    ],
    "time_in_stage": [
        {"stage": "interest", "stays": 185, "mean_days": 24.25, "median_days": 7.0, "open": 145},
        {"stage": "offer", "stays": 20, "mean_days": 49.5, "median_days": 49.5, "open": 30},
    ],
    "bottleneck": [
        {
            "before": "visit",
            "after": "quote",
            "customers_before": 310,
            "customers_after": 145,
            "rate": 145 / 310,
            "loss": 165,
        }
    ],
    "paths": [
        {"path": ["ads", "mail"], "conversions": 60, "non_conversions": 0, "rate": 1.0, "value": 6300.0},
        {"path": [], "conversions": 2, "non_conversions": 8, "rate": 0.2, "value": None},
    ],
    "attribution": {
        model: {"ads": 60.0 + n, "mail": 40.0 - n, "webinar": 0.0} for n, model in enumerate(MODELS)
    },
    "roi": [
        {"channel": channel, "model": model, "value": value, "cost": cost, "roi": (value - cost) / cost}
        for model in MODELS
        for channel, value, cost in (("ads", 390.0, 195.0), ("webinar", 0.0, 120.0))
    ],
    "cost_per_channel": [{"channel": "ads", "cost": 195.0, "reached": 130, "cost_per_customer": 1.5}],
    "comeback": [
        {
            "kind": "visit",
            "channel": "mail",
            "returns": 30,
            "share_of_returns": 3 / 7,
            "events": 50,
            "share_of_events": 5 / 92,
            "lift": 7.9,
            "is_ranked": True,
        }
    ],
    "return_curve": [
        {"days": 30, "share": 0.0, "returned": 0, "exits": 220},
        {"days": 60, "share": 62 / 220, "returned": 62, "exits": 220},
        {"days": 90, "share": 70 / 187, "returned": 70, "exits": 187},
    ],
    "cohorts": [
        {
            "cohort": "2026-01",
            "buyers": 11,
            "purchases": 15,
            "repeated": 4,
            "value": 1975.0,
            "ltv": 1975 / 11,
        },
        {"cohort": "2026-02", "buyers": 16, "purchases": 16, "repeated": 0, "value": None, "ltv": None},
    ],
    "movers": [
        {
            "stage": "visit",
            "next_stage": "quote",
            "kind": "visit",
            "channel": "ads",
            "customers_with": 40,
            "reached_with": 40,
            "share_with": 1.0,
            "customers_without": 270,
            "reached_without": 105,
            "share_without": 105 / 270,
            "is_ranked": True,
        }
    ],
    "hot_cold": {"rising": 12, "steady": 30, "falling": 7, "ready": 9, "at_risk": 3},
}
PARAMETERS = {
    "gap_days": 30,
    "window_days": 90,
    "look_back_days": 30,
    "steps": ["visit", "quote", "purchase"],
}


def figures(measures: dict[str, Figure] | None = None, **others: object) -> FlowFigures:
    """Figures with something of everything."""
    given: dict[str, Any] = {
        "first": "2026-01-05",
        "last": "2026-03-10",
        "events": 920,
        "customers": 310,
        "currency": "₪",
        "parameters": PARAMETERS,
        "period_days": 30,
        "before": BEFORE,
        "lists": LISTS,
        "totals": {"paths": 34},
    }
    return FlowFigures(measures=NOW if measures is None else measures, **(given | others))


def measurement(day: str, of: FlowFigures) -> Measurement:
    return Measurement(f"m-{day}", day=day, time=f"{day}T09:30:00.000Z", figures=figures_text(of))


def turned(roadmap: Roadmap) -> Roadmap:
    """The roadmap with a first KPI whose last measured value is worse than the one before it."""
    first, *rest = roadmap.kpis
    readings = tuple(
        Reading(f"r{day}", value, f"2026-{day}", "measured", "return_rate", f"2026-{day}T09:30:00.000Z")
        for day, value in (("02-10", "42.4"), ("03-10", "36.8"))
    )
    kpi = replace(first, better="up", unit="%", current="36.8", readings=readings)
    return replace(roadmap, kpis=(kpi, *rest))


def measured(language: Language, **others: object) -> Roadmap:
    """A roadmap that was measured on two days, and one of whose KPIs turned."""
    both = (
        measurement("2026-02-10", figures(BEFORE, before={}, last="2026-02-10", **others)),
        measurement("2026-03-10", figures(**others)),
    )
    return replace(turned(sample(language)), measurements=both)
