"""`guide`: the method behind the roadmaps, topic by topic."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import AnyContext, Command, CommandContext
from lfroadmap.cli.options import flag, positional
from lfroadmap.cli.output import print_json

DONE = 0


@dataclass(frozen=True, slots=True)
class GuideOptions:
    """The options of `guide`."""

    topic: str | None = positional()
    json: bool = flag("--json")


def guide(context: CommandContext[GuideOptions]) -> int:
    """List the topics of the guide, or print one."""
    from lfroadmap.usecases.guide import plain_topic, topic_named, topics

    options, language = context.options, context.words.language
    found = (topic_named(options.topic, language),) if options.topic else topics(language)
    if options.json:
        print_json([plain_topic(topic, language) for topic in found])
    elif options.topic:
        from lfroadmap.usecases.guide_report import topic_report

        context.output.report(topic_report(found[0], context.words))
    else:
        _list(context)
    return DONE


def _list(context: AnyContext) -> None:
    from lfroadmap.usecases.guide_report import contents

    context.output.report(contents(context.words))
    context.say("cli.guide_next")


GUIDE = Command(GuideOptions, guide, needs_library=False)
