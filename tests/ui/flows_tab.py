"""A roadmap with measured figures, and the source that they are of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lfroadmap.roadmap.flow_figures import Figure, FlowFigures, figures_text
from lfroadmap.roadmap.model import Card, Kpi, Measurement, Roadmap, Stage
from sitting import Sitting

FLOWS, KPIS = "alt+4", "alt+3"
STEPS = "visit,quote,purchase"
PLAN = Roadmap(
    "plan", "Plan", "",
    (Stage("s", "Sell", (Card("quote", "Quote in a day"), Card("web", "The site"))),),
    (Kpi("k", "Close rate", unit="%", target="50"), Kpi("d", "Days", unit="days")),
)  # fmt: skip
FIGURES = FlowFigures(
    first="2026-01-05", last="2026-03-01", events=920, customers=350, period_days=30,
    parameters={"gap_days": 30, "window_days": 90, "look_back_days": 30, "steps": STEPS.split(",")},
    measures={
        "return_rate": Figure(0.25, 70, 280, "share"),
        "close_rate": Figure(0.5, 175, 350, "share"),
        "at_risk": Figure(7, None, None, "customers"),
    },
    before={"return_rate": Figure(0.3, 60, 200, "share")},
    lists={
        "bottleneck": [
            {
                "before": "visit",
                "after": "quote",
                "customers_before": 310,
                "customers_after": 145,
                "rate": 0.4677,
            }
        ],
        "exit_points": [
            {"kind": "click", "channel": "mail", "stage": "lead", "exits": 12, "returned": 1, "share": 0.6},
            {"kind": "quote", "channel": "web", "stage": "offer", "exits": 8, "returned": 2, "share": 0.4},
        ],
        "hot_cold": {"rising": 1, "steady": 2, "falling": 3, "ready": 4, "at_risk": 7},
    },
    channels=["blog", "ads"], segments={"plan": ["pro", "free"]},
)  # fmt: skip


def measurement(figures: FlowFigures = FIGURES, day: str = "2026-03-01", id: str = "m") -> Measurement:
    return Measurement(id, None, day, f"{day}T10:00:00.000Z", figures_text(figures))


def measured(*measurements: Measurement) -> Roadmap:
    """The plan with measurements, or with one."""
    return replace(PLAN, measurements=measurements or (measurement(),))


def sample(home: Path) -> Path:
    """A log whose measures are known."""
    from lfroadmap.flows.sample import write_sample

    path = home / "events.csv"
    write_sample(path)
    return path


async def go_to(at: Sitting, target: str) -> None:
    """Put the cursor on a figure."""
    await at.press("home")
    for _ in range(200):
        if at.app.session.flows.at == target:
            return
        await at.press("down")
    raise AssertionError(f"{target} is nowhere")


async def measure(at: Sitting, path: Path, steps: str = STEPS) -> None:
    """Measure a source by the keys of the tab, up to where the figures are there."""
    await at.press("o")
    await at.until(lambda: at.app.screen is not at.app.main)
    at.app.screen.query_one("#file").value = ""  # type: ignore[attr-defined]
    await at.type(f"{path}\r")
    await at.until(lambda: not at.app.screen.query_one("#measure").disabled)
    at.app.screen.query_one("#steps").value = ""  # type: ignore[attr-defined]
    await at.type(f"{steps}\r")
    await at.until(lambda: at.app.session.flows.working)
    await at.until(lambda: at.app.session.flows.working is None)
