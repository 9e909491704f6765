"""Choosing a template by three questions: whose work it is, what should get better, how long the road is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from lfroadmap.words import Words

Question = Literal["work", "goal", "length"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
"""In the order in which they are asked."""
OPTIONS: dict[Question, tuple[str, ...]] = {
    "work": ("sales", "marketing", "organization", "digital", "brand"),
    "goal": ("deals", "conversion", "experience", "presence", "returns"),
    "length": ("short", "medium", "long"),
}
"""Question -> the ids of its answers."""


class Model(NamedTuple):
    """The answers that speak for a template."""

    work: tuple[str, ...]
    goal: tuple[str, ...]
    length: tuple[str, ...]


MODELS: dict[str, Model] = {
    "liquid-funnel": Model(("organization",), ("returns",), ("long",)),
    "sales-pipeline": Model(("sales",), ("deals",), ("short", "medium")),
    "sales-funnel": Model(("marketing",), ("conversion",), ("short", "medium")),
    "customer-journey": Model(("organization",), ("experience",), ("long",)),
    "elastic-network": Model(("brand",), ("presence",), ("long",)),
    "digital-funnel": Model(("digital",), ("conversion", "presence"), ("medium",)),
}
"""Template -> what speaks for it; of two for which equally much speaks, the earlier one is recommended."""
IN_ANY_ORDER = frozenset({"elastic-network"})
"""Templates whose stages have no order: none of them is the first one."""
WEIGHTS: dict[Question, int] = {"goal": 4, "work": 2, "length": 1}
"""Each weighs more than those after it together: the goal decides, then whose work it is."""


class Recommendation(NamedTuple):
    """A template with the reason for it, and the next best one."""

    template: str
    reason: str
    """A sentence, and another one where an answer does not fit the template."""
    second: str
    """Empty where no other one fits the goal or the work."""


def recommend(answers: Mapping[Question, str], words: Words) -> Recommendation:
    """The template for which most of the answers speak; there is an answer to each question."""
    best, second = sorted(MODELS, key=lambda name: -_points(name, answers))[:2]
    is_near = _points(second, answers) >= WEIGHTS["work"]
    return Recommendation(best, _reason(best, answers, words), second if is_near else "")


def _points(template: str, answers: Mapping[Question, str]) -> int:
    return sum(weight for question, weight in WEIGHTS.items() if _fits(template, question, answers))


def _fits(template: str, question: Question, answers: Mapping[Question, str]) -> bool:
    return answers[question] in getattr(MODELS[template], question)


def _reason(template: str, answers: Mapping[Question, str], words: Words) -> str:
    sentences = [words(f"choosing.because_{answers['goal']}_{template.replace('-', '_')}")]
    if not _fits(template, "length", answers):
        end = "_in_any_order" if template in IN_ANY_ORDER and answers["length"] != "long" else ""
        sentences.append(words(f"choosing.but_{answers['length']}{end}"))
    return " ".join(sentences)
