"""How a roadmap was measured last: the sources, and what was chosen about them, without any credentials."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.parameters import DEFAULT_WEIGHTS, Parameters
from lfroadmap.flows.sources.clickhouse import is_clickhouse
from lfroadmap.flows.sources.files import PIPED
from lfroadmap.flows.sources.heads import Pairs
from lfroadmap.flows.sources.reading import ReadChoices
from lfroadmap.flows.sources.times import ORDERS, Order
from lfroadmap.paths import absolute, typed_path
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.store import measuring
from lfroadmap.usecases.measurement import Sources

PERIOD_DAYS = 30
"""Days that the period before is earlier, unless another number is named."""
_MOST = 10_000
"""Texts of a list, and characters of a text, that are read."""
Remembered = Callable[[str], Pairs]


@dataclass(frozen=True, slots=True)
class MeasureSetup:
    """Sources, columns, meanings and parameters; the moment that is measured at is none of them."""

    sources: tuple[str, ...] = ()
    """Absolute paths and patterns, and addresses without users and passwords."""
    zone: str = ""
    columns: Pairs = ()
    order: Order = ""
    identities: str = ""
    kinds: Pairs = ()
    gap_days: float = 30
    window_days: float = 90
    look_back_days: float = 30
    steps: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    period_days: int = PERIOD_DAYS
    channel: str = ""
    segment: str = ""
    since: str = ""

    def parameters(self) -> Parameters:
        """The parameters, to measure at the last event; raises ValueError where they do not fit together."""
        return Parameters(
            self.gap_days, self.window_days, self.look_back_days, None, self.steps, dict(self.weights)
        )  # fmt: skip

    def chosen(self, state_columns: Remembered) -> Sources:
        """The sources, with what is remembered of the headings of tables on this machine."""
        read = ReadChoices(self.columns, self.order, self.identities, state_columns)
        return Sources(self.sources, read, self.kinds, lambda key: state_columns(f"{key}-kinds"))


def setup_of(
    sources: Sources, zone: str, parameters: Parameters, period_days: int = PERIOD_DAYS
) -> MeasureSetup:
    """What is to be remembered of a measurement; nothing of what was piped in."""
    choices = sources.choices
    return MeasureSetup(
        tuple(lasting(each) for each in sources.names if each != PIPED),
        zone,
        tuple(choices.columns),
        choices.order,
        lasting(choices.identities) if choices.identities else "",
        tuple(sources.kinds),
        parameters.gap_days,
        parameters.window_days,
        parameters.look_back_days,
        parameters.steps,
        dict(parameters.weights),
        period_days,
    )


def lasting(source: str) -> str:
    """A source by which it is found from any folder, without a user or a password."""
    if not is_clickhouse(source):
        return str(absolute(typed_path(source)))
    parts = urlsplit(source)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def setup_text(setup: MeasureSetup) -> str:
    """The setup as JSON text."""
    return json_text(asdict(setup), compact=True, keep_surrogates=True)


def setup_in(text: str) -> MeasureSetup | None:
    """The setup in a text; None where there is none that can be measured with. Total over any text."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(plain, dict):
        return None
    found = {name: value for name, read in _PARTS.items() if (value := read(plain.get(name))) is not None}
    setup = MeasureSetup(**found)
    try:
        setup.parameters()
    except ValueError:
        return None
    return setup if setup.sources else None


def remembered_setup(path: Path, name: str) -> MeasureSetup:
    """How the roadmap in a file was measured last; raises RoadmapError where it never was."""
    text = measuring.read_setup(path)
    setup = setup_in(text) if text else None
    if setup is None:
        raise RoadmapError("measure_never", name=name)
    return setup


def remember_setup(path: Path, setup: MeasureSetup) -> None:
    """Keep the setup in a roadmap's file, beside its document; nothing where there is no source to keep."""
    if setup.sources:
        measuring.write_setup(path, setup_text(setup))


def remember_customers(path: Path, lists: Mapping[str, list[str]]) -> None:
    """Keep the ids of customers, by the names of their lists, beside the document."""
    measuring.write_customers(path, customers_text(lists))


def customers_text(lists: Mapping[str, list[str]]) -> str:
    """Lists of customers' ids by name, `at_risk` and `ready`, as JSON text."""
    return json_text(dict(lists), compact=True)


def customers_in(text: str) -> dict[str, list[str]]:
    """The lists in a text; empty where there are none. Total over any text."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(plain, dict):
        return {}
    return {str(name): list(_texts(ids) or ()) for name, ids in plain.items()}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _MOST and "\0" not in value else None


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(text for each in value[:_MOST] if (text := _text(each)))


def _pairs(value: object) -> Pairs | None:
    if not isinstance(value, list):
        return None
    rows = [row for row in value[:_MOST] if isinstance(row, list) and len(row) == 2]
    return tuple((a, b) for a, b in rows if isinstance(a, str) and isinstance(b, str))


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if type(value) is int and value > 0 else None


def _weights(value: object) -> dict[str, float] | None:
    if not isinstance(value, dict):
        return None
    return {kind: weight for kind, typed in value.items() if (weight := _number(typed)) is not None}


def _order(value: object) -> Order | None:
    return next((order for order in ORDERS if order == value), None)


_PARTS: dict[str, Callable[[object], Any]] = {
    "sources": _texts, "zone": _text, "columns": _pairs, "order": _order, "identities": _text,
    "kinds": _pairs, "gap_days": _number, "window_days": _number, "look_back_days": _number, "steps": _texts,
    "weights": _weights, "period_days": _whole, "channel": _text, "segment": _text, "since": _text,
}  # fmt: skip
"""Name of a part -> the function that reads it; None where it is not there."""
