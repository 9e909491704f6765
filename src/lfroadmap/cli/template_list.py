"""`templates`: the roadmaps that a new one can start from."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import flag, positional
from lfroadmap.cli.output import print_bytes, print_json
from lfroadmap.errors import UsageError
from lfroadmap.machine import now

DONE = 0
VERBS = ("show",)


@dataclass(frozen=True, slots=True)
class TemplatesOptions:
    """The options of `templates`."""

    verb: str | None = positional("show")
    name: str | None = positional()
    json: bool = flag("--json")


def templates(context: CommandContext[TemplatesOptions]) -> int:
    """List the templates, or print one."""
    options = context.options
    if options.verb is None:
        _list(context, as_json=options.json)
    elif options.verb in VERBS:
        _show(context, needed(options.name, "NAME", "templates show"), as_json=options.json)
    else:
        raise UsageError("no_verb", name=options.verb, command="templates", known=", ".join(VERBS))
    return DONE


def _list(context: AnyContext, *, as_json: bool) -> None:
    from lfroadmap.roadmap.templates import names
    from lfroadmap.usecases.template_summary import summary_of

    found = [summary_of(name, context.words.language) for name in names()]
    if as_json:
        print_json(found)
        return
    for each in found:
        context.say("cli.template", **each)
    context.say("cli.templates_next")


def _show(context: AnyContext, name: str, *, as_json: bool) -> None:
    """Print a template in reading order, as a roadmap that nobody has begun."""
    words, today, thresholds = context.words, now().date(), context.settings.thresholds
    if as_json:
        from lfroadmap.export import render
        from lfroadmap.roadmap.templates import load
        from lfroadmap.usecases.export_set import whole_context

        print_bytes(render(whole_context(load(name).roadmap(name), words, today, thresholds), "json"))
        return
    from lfroadmap.usecases.template_report import template_report

    context.output.report(template_report(name, words, today, thresholds))


TEMPLATES = Command(TemplatesOptions, templates, needs_library=False)
