"""The measures that are one number, by brute force."""

from __future__ import annotations

from statistics import median

from flow_events import Event
from lfroadmap.flows.parameters import DAY
from reference import Log, at_risk, share, total
from reference_paths import journeys


def scalars(log: Log) -> dict[str, float | None]:
    exits = [flow for flow in log.flows if flow.state == "exit"]
    returns = [flow for flow in exits if flow.next_start is not None]
    away = [(flow.next_start - flow.end) / DAY for flow in returns]  # type: ignore[operator]
    buyers = {name: own for name, own in log.customers.items() if any(map(log.buys, own))}
    won = sum(flow.state == "won" for flow in log.flows)
    walked = [path for path in journeys(log) if path.converted]
    n = len(buyers)
    return {
        "events": len(log.events),
        "customers": len(log.customers),
        "flows": len(log.flows),
        "active": sum(flow.state == "active" for flow in log.flows),
        "won": won,
        "exits": len(exits),
        "returns": len(returns),
        "customers_with_exit": len({flow.customer for flow in exits}),
        "customers_with_return": len({flow.customer for flow in returns}),
        "entries": len(log.flows),
        "reentries": len(log.flows) - len(log.customers),
        "buyers": n,
        "purchases": sum(map(log.buys, log.events)),
        "purchases_without_touch": sum(not path.channels for path in walked),
        "at_risk": len(at_risk(log)),
        "return_rate": share(len({f.customer for f in returns}), len({f.customer for f in exits})),
        "return_rate_per_exit": share(len(returns), len(exits)),
        "return_days_mean": share(sum(away), len(away)),
        "return_days_median": median(away) if away else None,
        "entry_share_beyond_first": share(
            sum(log.place(flow.events[0]) != 1 for flow in log.flows), len(log.flows)
        )
        if log.p.steps
        else None,
        "close_rate": share(n, len(log.customers)),
        "win_rate": share(won, won + len(exits)),
        "upsell_rate": share(sum(_upsold(log, own) for own in buyers.values()), n),
        "cross_sell_rate": share(sum(_cross_sold(log, own) for own in buyers.values()), n),
        "repeat_rate": share(sum(sum(map(log.buys, own)) > 1 for own in buyers.values()), n),
        "interaction_quality": share(float(sum(map(log.weight, log.events))), len(log.events)),
        "cac": share(total([event.cost for event in log.events]), n),
        "ltv": share(total([event.value for own in buyers.values() for event in own]), n),
    }


def _later(log: Log, own: list[Event]) -> tuple[Event, list[Event]]:
    first = next(n for n, event in enumerate(own) if log.buys(event))
    return own[first], own[first + 1 :]


def _upsold(log: Log, own: list[Event]) -> bool:
    first, later = _later(log, own)
    return any(
        log.means(event, "upsell")
        or (
            log.buys(event)
            and event.value is not None
            and first.value is not None
            and event.value > first.value
        )
        for event in later
    )


def _cross_sold(log: Log, own: list[Event]) -> bool:
    return any(log.means(event, "cross_sell") for event in _later(log, own)[1])
