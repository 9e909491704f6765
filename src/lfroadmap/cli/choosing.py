"""The questions of `new --choose`, and the template that is chosen by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lfroadmap.cli.context import YES, AnyContext, whole_number
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.store.folder.naming import valid_name

if TYPE_CHECKING:
    from lfroadmap.usecases.choosing import Question

COMPARE = "?"
COMPARISONS = ("models", "classic-or-liquid")
"""The topics of the guide that are shown at `COMPARE`."""


def choose(context: AnyContext, name: str) -> str | None:
    """The template for a new roadmap, by three questions; None where nothing is to be made.

    Raises RoadmapError where no roadmap can get the name, UsageError where nobody can be asked.
    """
    from lfroadmap.roadmap.templates import names
    from lfroadmap.usecases.choosing import QUESTIONS, recommend

    name = valid_name(name, is_new=True)
    if context.library.exists(name):
        raise RoadmapError("roadmap_exists", name=name, path=context.library.path(name))
    context.need_terminal(UsageError("choose_needs_terminal", known=", ".join(names())))
    context.say("choosing.intro")
    answers: dict[Question, str] = {}
    for question in QUESTIONS:
        answer = _answer(context, question)
        if answer is None:
            return None
        answers[question] = answer
    found = recommend(answers, context.words)
    title = _title(context, found.template)
    context.output.text("")
    context.say("choosing.recommended", name=found.template, title=title, reason=found.reason)
    if found.second:
        context.say("choosing.second", second=found.second)
    return _agreed(context, name, found.template)


def _answer(context: AnyContext, question: Question) -> str | None:
    """The id of an answer; None at the end of the input."""
    from lfroadmap.usecases.choosing import OPTIONS

    options = OPTIONS[question]
    context.output.text("")
    context.say(f"choosing.ask_{question}")
    _print_numbered(context, [context.words(f"choosing.{question}_{option}") for option in options])
    while (typed := _ask(context, context.words("choosing.number", n=len(options)))) is not None:
        if number := whole_number(typed, len(options)):
            return options[number - 1]
        context.say("choosing.not_a_number")
    return None


def _agreed(context: AnyContext, name: str, template: str) -> str | None:
    """The recommended template if the person agrees, or the one whose number is typed."""
    from lfroadmap.roadmap.templates import names
    from lfroadmap.usecases.own_templates import usable_templates

    own = {each.name: each.text("title", context.words.language) for each in usable_templates()}
    titles = {each: _title(context, each) for each in names()} | own
    known = tuple(titles)
    _print_numbered(context, [f"{each} · {title}" for each, title in titles.items()])
    typed = _ask(context, context.words("choosing.ask_make", name=name)) or ""
    if number := whole_number(typed, len(known)):
        return known[number - 1]
    return template if typed.strip().lower() in YES else None


def _ask(context: AnyContext, question: str) -> str | None:
    """What is typed, None at the end of the input; the comparison is shown as often as it is asked for."""
    from lfroadmap.usecases.guide import topic_of
    from lfroadmap.usecases.guide_report import topic_report

    while (typed := context.output.ask(question)) is not None and typed.strip() == COMPARE:
        for topic in COMPARISONS:
            report = topic_report(topic_of(topic, context.words.language), context.words, with_cards=False)
            context.output.report(report)
    return typed


def _print_numbered(context: AnyContext, texts: Sequence[str]) -> None:
    context.output.rows([(f"  {number}", text) for number, text in enumerate(texts, 1)])


def _title(context: AnyContext, template: str) -> str:
    from lfroadmap.roadmap.templates import Labels, load

    return Labels(template, context.words.language).of(load(template).roadmap(template))
