"""Roadmaps and edits for property tests: few ids, so that edits meet; texts as usual and as nobody types."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Bind, Edit, Rename, SetField, SetKpi, SetRow, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import (
    CHILDREN,
    KPI_COLUMNS,
    ROW_VALUES,
    TASK_DETAILS,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Measurement,
    Node,
    Note,
    Reading,
    Relation,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.structure import LAST, Add, Move, Remove
from lfroadmap.roadmap.surrogates import storable

IDS = [*(f"{kind}{n}" for kind in "scftknxm" for n in range(4)), "roadmap"]
HOSTILE = [
    "", "a", "שלום", "שלום API 2", "\0", "a\0b", "\ud800", "x\udfffy", "\x1b[31mred\x1b[0m",
    "\u202eevil\u202c", "[bold]x[/]", "<b>&", "😀😀", "e\u0301", "line\r\nline\n", "\ufeff",
    "\u2028", "'\"\\", "aaaaaaaa",
]  # fmt: skip
DAYS = ["1900-02-01", "2026-03-01", "2026-03-15", "2026-04-01"]
NUMBERS = ["20", "-0.5", "+8%", "=1"]

texts = st.sampled_from([*HOSTILE, *NUMBERS]) | st.text(max_size=8)
days = st.sampled_from(DAYS) | texts
ids = st.sampled_from(IDS)
card_ids = st.sampled_from([one for one in IDS if one[0] in "scfk"])
task_ids = st.sampled_from([one for one in IDS if one[0] in "tnxr"])
"""Both hold notes, which name the one that they are in by its id alone: theirs are never the same."""
measurement_ids = st.sampled_from([one for one in IDS if one[0] in "mk"])
anything = ids | st.sampled_from(["", LAST, "nobody", "א"])
maybe = st.none() | texts

notes = st.builds(Note, ids, maybe, texts, st.just("2026-03-01T09:00:00Z") | days)
some_notes = st.just(()) | st.just(()) | notes.map(lambda note: (note,))
repeats = st.just("") | st.sampled_from(["week", "month", "month 31", "3 days", "nonsense"])
relations = st.builds(Relation, ids, st.sampled_from(["waits_for", "moves"]), ids | texts)
some_relations = st.just(()) | st.just(()) | relations.map(lambda relation: (relation,))
more = {"repeat": repeats, "relations": some_relations}
not_done = st.builds(Task, task_ids, maybe, due=days, owner=texts, notes=some_notes, **more)
tasks = not_done | st.builds(Task, task_ids, maybe, st.just(True), days, days, texts, some_notes, **more)
deadlines = st.builds(Field, ids, st.just("date"), st.just("deadline"), maybe, days)
starts = st.builds(Field, ids, st.just("date"), st.just("start"), maybe, days)
fields = (
    deadlines
    | starts
    | st.builds(
        Field,
        ids,
        st.sampled_from(["text", "long", "long", "date", "number", "choice"]),
        st.sampled_from(["", "owner", "start", "deadline", "goals"]),
        maybe,
        texts,
        st.sampled_from(["auto", "ltr"]),
        st.lists(texts, max_size=2).map(tuple),
    )
)
readings = st.builds(Reading, ids, maybe, days) | st.builds(
    Reading, ids, maybe, days, st.sampled_from(["calculated", "measured"]), texts, days
)
rows = st.builds(CalculatorRow, ids, maybe, count=texts, stage=texts, value=texts)
calculators = st.builds(
    Calculator,
    ids,
    st.sampled_from(["funnel", "pipeline", "unit"]),
    maybe,
    st.lists(rows, max_size=3).map(tuple),
)
bound = [st.just("") | st.just("") | each for each in (st.sampled_from(["win_rate", "cac"]), texts, texts)]
kpis = st.builds(
    Kpi, ids, maybe, maybe, maybe, maybe, texts, texts, st.sampled_from(["", "up", "down"]), texts,
    st.just(()) | st.just(()) | readings.map(lambda reading: (reading,)), st.just(""), *bound,
)  # fmt: skip
figures = st.sampled_from(['{"version":1,"first":"2026-01-01","events":3}', "[]", "{", ""]) | texts
measurements = st.builds(Measurement, measurement_ids, maybe, days, texts, figures)


def _several(nodes: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(nodes, max_size=3).map(tuple)


some_calculators = st.just(()) | st.just(()) | calculators.map(lambda calculator: (calculator,))
cards = st.builds(
    Card, card_ids, maybe, _several(fields), _several(tasks), some_notes, some_calculators,
    relations=some_relations,
)  # fmt: skip
stages = st.builds(Stage, ids, maybe, _several(cards))


def _own_ids(roadmap: Roadmap) -> Roadmap:
    """The roadmap without the nodes whose id another has."""
    roadmap = storable(roadmap)
    out = Roadmap(roadmap.id, roadmap.title, roadmap.template)
    for stage in roadmap.stages:
        out = Add(Stage(stage.id, stage.title), out.id).on(out)
        for card in stage.cards:
            out = Add(Card(card.id, card.title), stage.id).on(out)
            for node in (*card.fields, *card.tasks, *card.calculators, *card.relations, *card.notes):
                out = _with_own_ids(out, node, card.id)
    for node in (*roadmap.kpis, *roadmap.measurements):
        out = _with_own_ids(out, node, out.id)
    return out


def _with_own_ids(out: Roadmap, node: Node, parent: str) -> Roadmap:
    """The roadmap with a node, and what is in it, as far as their ids are free."""
    bare: dict[str, Any] = {name: () for name, _ in CHILDREN[type(node)]}
    out = Add(replace(node, **bare), parent).on(out)
    for name in bare:
        for child in getattr(node, name):
            out = Add(child, node.id).on(out)
    return out


roadmaps = st.builds(
    Roadmap, st.just("roadmap"), maybe, texts, _several(stages), _several(kpis),
    st.just(()) | _several(measurements),
).map(_own_ids)  # fmt: skip
"""Roadmaps whose ids are their own; some ids name nodes of unexpected classes."""

numbers = st.integers(-3, 12)
single_edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetField, anything, texts),
    st.builds(SpliceText, anything, numbers, numbers, texts),
    st.builds(Tick, anything, st.booleans(), texts),
    st.builds(SetTask, anything, st.sampled_from([*TASK_DETAILS, "text", "nonsense"]), texts),
    st.builds(SetKpi, anything, st.sampled_from([*KPI_COLUMNS, "id", "nonsense"]), maybe),
    st.builds(Bind, anything, *bound),
    st.builds(SetRow, anything, st.sampled_from([*ROW_VALUES, "name", "nonsense"]), texts),
    st.builds(Rename, anything, maybe),
    st.builds(
        Add,
        st.one_of(
            stages, cards, fields, tasks, kpis, notes, relations, readings, calculators, rows, measurements
        ),
        anything,
        anything,
    ),
    st.builds(Remove, anything),
    st.builds(Move, anything, anything, anything),
)
edits: st.SearchStrategy[Edit] = st.one_of(
    single_edits,
    single_edits,
    single_edits,
    st.builds(Batch, st.lists(single_edits, max_size=4).map(tuple)),
    st.builds(ResetAll, roadmaps),
)
