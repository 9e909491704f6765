"""Explanations of measures, in both languages alike."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from lfroadmap.flows.catalogue import IDS, MEASURES
from lfroadmap.flows.explain import Explanation, explain, name, texts
from lfroadmap.flows.literals import DIALECTS
from lfroadmap.flows.parameters import Parameters
from lfroadmap.words import LANGUAGES, Language

each_language = pytest.mark.parametrize("language", LANGUAGES)
STEPS = Parameters(steps=("visit", "purchase"), as_of=1)
PRODUCTS = ("GA4", "PostHog", "Mixpanel", "Amplitude", "ClickHouse")
TABLES = {"names", "others", "why"}
DOCS = Path(__file__).parents[2] / "docs" / "measures.md"


@each_language
def test_every_measure_has_its_texts(language: Language) -> None:
    assert set(texts(language)) == {*IDS, *TABLES}
    for measure in MEASURES:
        assert {"name", "definition"} <= texts(language)[measure.id].keys(), measure.id


def test_both_languages_have_the_same_texts_and_facts() -> None:
    en, he = texts("en"), texts("he")
    assert {id: list(table) for id, table in en.items()} == {id: list(table) for id, table in he.items()}
    for table in TABLES:
        for key, text in en[table].items():
            assert _holes(text) == _holes(he[table][key]), key
    assert {id: table.get("others") for id, table in en.items() if id in IDS} == {
        id: table.get("others") for id, table in he.items() if id in IDS
    }


def _holes(text: str) -> set[str]:
    return {hole for _, hole, _, _ in Formatter().parse(text) if hole}


@each_language
def test_no_text_is_empty_and_none_is_left_over(language: Language) -> None:
    tables = texts(language)
    assert [text for table in tables.values() for text in table.values() if not text.strip()] == []
    used = {table["others"] for id, table in tables.items() if id in IDS and "others" in table}
    assert used == set(tables["others"])
    parts = {part for measure in MEASURES for part in measure.formula.split() if part.isidentifier()} - {"Σ"}
    assert parts <= {*IDS, *tables["names"]}
    assert set(tables["names"]) <= parts


@each_language
def test_the_products_are_named(language: Language) -> None:
    for key, text in texts(language)["others"].items():
        assert [product for product in PRODUCTS if product not in text] == [], key


def test_no_english_text_has_hebrew_in_it() -> None:
    assert [
        text for table in texts("en").values() for text in table.values() if re.search("[א-ת]", text)
    ] == []


@each_language
@pytest.mark.parametrize("id", IDS)
def test_a_measure_is_explained(id: str, language: Language) -> None:
    found = explain(id, language, STEPS)
    assert isinstance(found, Explanation) and found.name == name(id, language)
    assert found.queries and all(text.startswith("WITH seen AS") for _, text in found.queries)
    assert set(found.parameters) <= set(STEPS.to_json())
    assert not re.search(r"[a-z]_[a-z]", found.formula), "a part of the formula has no name"
    if found.numerator:
        assert found.denominator and "÷" in found.formula


def test_a_formula_has_the_names_of_its_parts() -> None:
    assert explain("win_rate", "en", STEPS).formula == "Won flows ÷ ( Won flows + Exits )"
    assert explain("cac", "he", STEPS).formula == "Σ עלות ÷ קונים"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_explanation_has_the_query_in_a_dialect(dialect: str) -> None:
    kinds = Parameters(meanings={"purchase": ("it's",)})
    (query,) = explain("won", "en", kinds, dialect).queries  # type: ignore[arg-type]
    assert ("it''s" in query[1]) == (dialect in ("duckdb", "trino", "postgres"))


def test_an_unknown_measure_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain("nonsense", "en", STEPS)


def test_the_document_has_every_measure() -> None:
    described = set(re.findall(r"^\| `([a-z_]+)`", DOCS.read_text("utf-8"), re.MULTILINE))
    assert described >= set(IDS)


def test_importing_the_room_loads_no_engine() -> None:
    code = (
        "import sys, lfroadmap.flows, lfroadmap.flows.measures, lfroadmap.flows.customers;"
        "print([name for name in ('duckdb', 'openpyxl', 'rich', 'textual') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "[]\n"
