"""The options of `measure`."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import CommandContext
from lfroadmap.cli.options import flag, option, words_of


@dataclass(frozen=True, slots=True)
class MeasureOptions:
    """The options of `measure`."""

    words: tuple[str, ...] = words_of()
    map: str | None = option("--map")
    kinds: str | None = option("--kinds")
    tz: str | None = option("--tz")
    dates: str | None = option("--dates")
    identities: str | None = option("--identities")
    rejects: str | None = option("--rejects")
    memory: str | None = option("--memory")
    gap: str | None = option("--gap")
    window: str | None = option("--window")
    look_back: str | None = option("--look-back")
    as_of: str | None = option("--as-of")
    since: str | None = option("--since")
    channel: str | None = option("--channel")
    segment: str | None = option("--segment")
    period: str | None = option("--period")
    steps: str | None = option("--steps")
    weights: str | None = option("--weights")
    explain: str | None = option("--explain")
    sql: str | None = option("--sql")
    results: str | None = option("--from")
    at_risk: str | None = option("--at-risk")
    ready: str | None = option("--ready")
    paths: str | None = option("--paths")
    cohorts: str | None = option("--cohorts")
    hash: bool = flag("--hash")
    sample: str | None = option("--sample")
    into: str | None = option("--into")
    again: bool = flag("--again")
    dry_run: bool = flag("--dry-run")
    yes: bool = flag("--yes")
    json: bool = flag("--json")


MeasureContext = CommandContext[MeasureOptions]
