"""How a roadmap was measured is read back, from any text, and never has credentials."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.sources.reading import ReadChoices
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store import measuring
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.measure_setup import (
    MeasureSetup,
    customers_in,
    lasting,
    remember_customers,
    remember_setup,
    remembered_setup,
    setup_in,
    setup_of,
    setup_text,
)
from lfroadmap.usecases.measurement import Sources

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple)
DAYS = st.floats(0, 1000) | st.integers(0, 1000)
SETUPS = st.builds(
    MeasureSetup,
    sources=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    zone=TEXTS,
    columns=PAIRS,
    order=st.sampled_from(["", "dmy", "mdy"]),
    identities=TEXTS,
    kinds=PAIRS,
    gap_days=DAYS,
    window_days=DAYS,
    look_back_days=DAYS,
    steps=st.lists(TEXTS, max_size=4, unique=True).map(tuple),
    weights=st.dictionaries(TEXTS, st.integers(0, 9), max_size=3),
    period_days=st.integers(1, 400),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*MeasureSetup.__dataclass_fields__])


@given(SETUPS)
def test_a_setup_is_read_back(setup: MeasureSetup) -> None:
    assert setup_in(setup_text(setup)) == setup


@given(st.dictionaries(NAMES, JSON) | JSON)
def test_any_text_is_a_setup_or_none(plain: object) -> None:
    found = setup_in(json.dumps(plain))
    assert found is None or found.parameters()
    customers_in(json.dumps(plain))


@given(st.text(max_size=30))
def test_a_text_that_is_no_json_is_none(text: str) -> None:
    customers_in(text)
    found = setup_in(text)
    assert found is None or found.sources


def test_sources_are_found_from_any_folder_and_have_no_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lasting("logs/**/*.csv") == str(tmp_path / "logs/**/*.csv")
    assert lasting(str(tmp_path / "a.csv")) == str(tmp_path / "a.csv")
    assert lasting("clickhouse://me:secret@host:8123/db/events") == "clickhouse://host:8123/db/events"
    assert lasting("clickhouse://host:8123/db/events") == "clickhouse://host:8123/db/events"
    sources = Sources(
        ("a.csv", "-"), ReadChoices((("customer", "id"),), "dmy", "ids.csv"), (("purchase", "won"),)
    )
    setup = setup_of(sources, "Asia/Jerusalem", Parameters(7, as_of=5, steps=("visit", "won")))
    assert setup.sources == (str(tmp_path / "a.csv"),)
    assert setup.identities == str(tmp_path / "ids.csv")
    assert setup.parameters() == Parameters(7, steps=("visit", "won"))
    assert setup.chosen(lambda key: ()).choices.columns == (("customer", "id"),)


def test_it_is_kept_in_the_file_of_the_roadmap(tmp_path: Path) -> None:
    library = Library(tmp_path)
    path = library.create("plan", Roadmap("plan", "Plan"), "me")
    with pytest.raises(RoadmapError, match="measure_never"):
        remembered_setup(path, "plan")
    setup = MeasureSetup(("/a.csv",), "UTC")
    remember_setup(path, setup)
    remember_setup(path, MeasureSetup())  # piped in: what was known stays
    remember_customers(path, {"at_risk": ["דנה", "b"], "ready": []})
    assert remembered_setup(path, "plan") == setup
    assert customers_in(measuring.read_customers(path) or "") == {"at_risk": ["דנה", "b"], "ready": []}
