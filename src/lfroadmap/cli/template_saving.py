"""`templates save`: a roadmap as a template of a person's own."""

from __future__ import annotations

from lfroadmap.cli.context import CommandContext, needed
from lfroadmap.cli.template_options import TemplatesOptions


def save(context: CommandContext[TemplatesOptions]) -> None:
    """Write a roadmap as a template, and print where it is."""
    from lfroadmap.usecases.template_saving import save_template

    options = context.options
    name = needed(options.name, "NAME", "templates save")
    context.library.recover()
    roadmap = context.stored(context.chosen_name(options.within))
    path = save_template(roadmap, name, context.words, answers=options.answers, replace=options.replace)
    context.say("cli.template_saved", name=name, path=path)
