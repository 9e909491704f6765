"""The parts of the Flows tab: what was measured, why it was not, or how to measure for the first time."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from lfroadmap.report.nodes import Facts, Node, Section, Value
from lfroadmap.words import Words


class Part(NamedTuple):
    """A framed part of a page."""

    title: str
    nodes: tuple[Node, ...]
    target: str = ""
    """What its title stands for; empty for nothing."""


def first_steps(name: str, words: Words) -> tuple[Part, ...]:
    """How to measure, where nothing was measured yet; `name` is the roadmap's in the library."""
    command = Value(f"lfroadmap measure events.csv --into {name}", direction="ltr")
    sample = Value("lfroadmap measure --sample events.csv", direction="ltr")
    ways = Facts(
        (
            (words("flows_tab.by_key"), Value(words("flows_tab.by_key_about"))),
            (words("flows_tab.by_command"), command),
            (words("flows_tab.sample"), sample),
        )
    )
    nodes: list[Node] = [Value(words("flows_tab.nothing")), Value(""), ways, Value("")]
    nodes.append(Value(words("flows_tab.stays"), "muted"))
    if find_spec("duckdb") is None:  # found and not loaded
        nodes += [Value(""), Value(words("error.flows_needs_duckdb"), "risk")]
    return (Part(words("flows_tab.first"), tuple(nodes)),)


def problem_part(problem: str, words: Words) -> Part:
    """Why a measuring failed, and what to do."""
    return Part(words("flows_tab.failed"), (Value(problem, "late"), Value(words("flows_tab.then"), "muted")))


def framed(nodes: tuple[Node, ...], title: str) -> tuple[Part, ...]:
    """The sections as parts, and what stands before them as a part with a title."""
    parts: list[Part] = []
    loose: list[Node] = []
    for node in nodes:
        if isinstance(node, Section):
            parts.append(Part(node.title, node.body, node.id))
        else:
            loose.append(node)
    return (Part(title, tuple(loose)), *parts) if loose else tuple(parts)
