"""`templates diff` and `templates apply`: what changed in a template, and bringing it into a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
from lfroadmap.cli.context import CommandContext, needed
from lfroadmap.cli.output import print_json
from lfroadmap.cli.template_options import TemplatesOptions
from lfroadmap.errors import UsageError
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.roadmap.own_templates.updating import TemplateUpdate

DONE, NOT_DONE = 0, 1
Context = CommandContext[TemplatesOptions]


def diff(context: Context) -> int:
    """Print how a template differs from a roadmap."""
    from lfroadmap.report.template_changes import rows_of

    name, template = _names(context, "diff")
    found = _update(context, name, template)
    if context.options.json:
        print_json(rows_of(found))
    else:
        _print(context, found, name, template)
    return DONE


def apply(context: Context) -> int:
    """Show what would change, ask, and do it; what others change meanwhile is shown and asked about again."""
    name, template = _names(context, "apply")
    shown: TemplateUpdate | None = None
    for _ in range(TRIES):
        found = _update(context, name, template)
        if shown is None or found.changes != shown.changes:
            if shown is not None:
                context.say("merge.changed", name=name)
            shown = found
            status = _ask(context, found, name, template)
            if status is not None:
                return status
        if apply_edit(context, name, found.edit, shown=found.before):
            context.say("template_update.done", name=name, template=template)
            return DONE
    raise outdated(context, name)


def _names(context: Context, verb: str) -> tuple[str, str]:
    """The names of the roadmap and the template."""
    template = needed(context.options.name, "NAME", f"templates {verb}")
    context.library.recover()
    return context.chosen_name(context.options.within), template


def _update(context: Context, name: str, template: str) -> TemplateUpdate:
    from lfroadmap.usecases.template_updates import update_of

    roadmap = context.stored(name)
    return update_of(roadmap, context.library.path(name), template, context.words.language)


def _print(context: Context, found: TemplateUpdate, name: str, template: str) -> None:
    from lfroadmap.report.template_changes import update_report

    context.output.report(update_report(found, name, template, context.words))


def _ask(context: Context, found: TemplateUpdate, name: str, template: str) -> int | None:
    """Show what would change and ask; the exit status where nothing is to be done, else None."""
    _print(context, found, name, template)
    if not found.edit.edits or context.options.dry_run:
        return DONE
    question = context.words("template_update.ask", name=name)
    refusal = UsageError("apply_needs_yes", template=template, id=SafeText(context.library.ids()[name]))
    if context.agrees(question, refusal, yes=context.options.yes):
        return None
    context.say("merge.left", name=name)
    return NOT_DONE
