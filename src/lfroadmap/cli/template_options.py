"""The options of `templates`, which its verbs share."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.options import flag, option, positional


@dataclass(frozen=True, slots=True)
class TemplatesOptions:
    """The options of `templates`."""

    verb: str | None = positional("show|save|diff|apply")
    name: str | None = positional()
    within: str | None = option("--in")
    answers: bool = flag("--answers")
    replace: bool = flag("--replace")
    dry_run: bool = flag("--dry-run")
    yes: bool = flag("--yes")
    json: bool = flag("--json")
