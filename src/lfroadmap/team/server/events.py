"""What a server reports about its work: names and numbers, and nothing of what is in a room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class ServerEvent(NamedTuple):
    """Something that happened; its words are `serve.log_<key>`, which `facts` fill.

    An error among them is shown in its own words.
    """

    key: str
    facts: dict[str, Any]


ReportEvent = Callable[[ServerEvent], None]


def report_to(report: ReportEvent, key: str, **facts: object) -> None:
    """Report an event."""
    report(ServerEvent(key, facts))
