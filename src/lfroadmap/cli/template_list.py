"""`templates`: the roadmaps that a new one can start from, and a person's own among them."""

from __future__ import annotations

from lfroadmap.cli.argument_kinds import OPTIONS_OF_VERBS
from lfroadmap.cli.context import AnyContext, Command, CommandContext, needed
from lfroadmap.cli.options import arguments_of
from lfroadmap.cli.output import print_bytes, print_json
from lfroadmap.cli.template_options import TemplatesOptions
from lfroadmap.errors import UsageError
from lfroadmap.machine import now
from lfroadmap.words import SafeText

DONE = 0
_OPTIONS = OPTIONS_OF_VERBS["templates"]
VERBS = tuple(_OPTIONS)


def templates(context: CommandContext[TemplatesOptions]) -> int:
    """List the templates, print or save one, or bring one into a roadmap."""
    options = context.options
    if options.verb is not None and options.verb not in VERBS:
        raise UsageError("no_verb", name=options.verb, command="templates", known=", ".join(VERBS))
    _check_options(options)
    if options.verb is None:
        _list(context, as_json=options.json)
    elif options.verb == "show":
        _show(context, needed(options.name, "NAME", "templates show"), as_json=options.json)
    elif options.verb == "save":
        from lfroadmap.cli.template_saving import save

        save(context)
    else:
        from lfroadmap.cli import template_updating

        return {"diff": template_updating.diff, "apply": template_updating.apply}[options.verb](context)
    return DONE


def _check_options(options: TemplatesOptions) -> None:
    """Raise UsageError for an option of another verb."""
    known = _OPTIONS[options.verb] if options.verb else ("--json",)
    for each in arguments_of(TemplatesOptions):
        shown = each.names[-1]
        if shown.startswith("--") and shown not in known and getattr(options, each.field):
            command = f"templates {options.verb}" if options.verb else "templates"
            raise UsageError("unknown_argument", argument=shown, command=command)


def _list(context: AnyContext, *, as_json: bool) -> None:
    from lfroadmap.usecases.template_summary import summaries

    found = summaries(context.words)
    if as_json:
        print_json(found)
        return
    for each in found:
        key = (
            "cli.template_broken"
            if "error" in each
            else "cli.template_own"
            if each["own"]
            else "cli.template"
        )
        context.say(key, **{name: _safe(name, value) for name, value in each.items()})
    context.say("cli.templates_next")


def _safe(name: str, value: object) -> object:
    """A fact of a template: an error is made of words already."""
    return SafeText(str(value)) if name == "error" else value


def _show(context: AnyContext, name: str, *, as_json: bool) -> None:
    """Print a template in reading order, as a roadmap that nobody has begun."""
    words, today, thresholds = context.words, now().date(), context.settings.thresholds
    if as_json:
        from lfroadmap.export import render
        from lfroadmap.usecases.export_set import whole_context
        from lfroadmap.usecases.known_templates import template_roadmap

        roadmap = template_roadmap(name, name, words.language)
        print_bytes(render(whole_context(roadmap, words, today, thresholds), "json"))
        return
    from lfroadmap.usecases.template_report import template_report

    context.output.report(template_report(name, words, today, thresholds))


TEMPLATES = Command(TemplatesOptions, templates, needs_library=False)
