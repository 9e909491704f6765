"""Explanations of the measures in both languages, with the very queries that run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from lfroadmap.flows.catalogue import chosen
from lfroadmap.flows.literals import Dialect
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.queries import complete
from lfroadmap.words import CONTENT, Language


class Explanation(NamedTuple):
    """A measure as people read it."""

    id: str
    name: str
    definition: str
    formula: str
    """Empty for a list, and for a count, which is what its definition says."""
    numerator: str
    """Its meaning in words; empty where the measure is no quotient."""
    denominator: str
    parameters: Mapping[str, object]
    """The parameters that it depends on, with their values."""
    others: str
    """How GA4, PostHog, Mixpanel, Amplitude and ClickHouse define it differently; empty where they do not."""
    queries: tuple[tuple[str, str], ...]
    """Names and texts of its queries, each complete."""


@cache
def texts(language: Language) -> Mapping[str, Mapping[str, str]]:
    """The texts of all measures by id, and the tables `names`, `others` and `why`."""
    return tomllib.loads((CONTENT / f"measures.{language}.toml").read_text("utf-8"))


def name(id: str, language: Language) -> str:
    """The name of a measure."""
    return texts(language)[id]["name"]


def explain(id: str, language: Language, parameters: Parameters, dialect: Dialect = "duckdb") -> Explanation:
    """The explanation of a measure; raises KeyError for an id that there is not."""
    (measure,) = chosen([id])
    table = texts(language)[id]
    given = parameters.to_json()
    return Explanation(
        id,
        table["name"],
        table["definition"],
        _in_words(measure.formula, language) if measure.denominator else "",
        table.get("numerator", ""),
        table.get("denominator", ""),
        {each: given[each] for each in measure.parameters} | parameters.filters.to_json(),
        texts(language)["others"].get(table.get("others", ""), ""),
        tuple((query, complete(query, parameters, dialect)) for query in measure.queries),
    )


def _in_words(formula: str, language: Language) -> str:
    """A formula with the names of its parts in a language."""
    every = texts(language)

    def word(part: str) -> str:
        return every[part]["name"] if part in every else every["names"].get(part, part)

    return " ".join(map(word, formula.split()))
