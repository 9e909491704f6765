"""Values of any kind in the maps of a document, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pycrdt import Array, Map, Text

from foreign_peer import ROOTS
from plans import IDS, texts

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | texts | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "text", "id"]), inner, max_size=3)
    ),
    max_leaves=6,
)
"""JSON and what else a shared map takes."""
names = st.sampled_from([
    "parent", "pos", "deleted", "id", "title", "text", "done", "due", "owner", "value", "kind", "role",
    "options", "measure", "fields", "cards", "is", "effort", "",
    "bound_to", "bound_channel", "figures", "day",
])  # fmt: skip
parents = st.sampled_from([*IDS, "r", "nobody", ""])
positions = st.sampled_from(["V", "V1", "0", "zz", "", "שלום", "a-b", "VV"])
kinds = st.sampled_from(["long", "text", "hologram"])
node_values = st.builds(
    lambda odd, usual, several: {**odd, **usual, **several},
    st.dictionaries(names, plain, max_size=3),
    st.fixed_dictionaries({"parent": parents, "pos": positions}) | st.just({}),
    st.fixed_dictionaries(
        {}, optional={"kind": kinds, "text": texts, "done": st.booleans(), "deleted": st.booleans()}
    ),
)
shared = st.one_of(
    node_values.map(lambda values: ("map", values)),
    node_values.map(lambda values: ("map", values)),
    node_values.map(lambda values: ("map of texts", values)),
    node_values.map(lambda values: ("plain", values)),
    plain.map(lambda value: ("plain", value)),
    texts.map(lambda value: ("text", value)),
    st.lists(plain, max_size=2).map(lambda value: ("list", value)),
)
roots = st.fixed_dictionaries(
    {name: st.dictionaries(st.sampled_from([*IDS, "", "*"]), shared, max_size=6) for name in ROOTS[1:]}
)
metas = st.dictionaries(st.sampled_from(["id", "title", "template", "newer"]), plain, max_size=4)


def storable_json(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A value without lone surrogates, which no update can have."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, dict):
        return {storable_json(key): storable_json(item) for key, item in value.items()}
    return value


def shared_value(kind: str, value: Any) -> Any:  # noqa: ANN401 - any value of a shared map
    value = storable_json(value)
    if kind == "map of texts":
        return Map(
            {
                name: Text(item) if isinstance(item, str) and name == "value" else item
                for name, item in value.items()
            }
        )
    return {"map": Map, "text": Text, "list": Array, "plain": lambda it: it}[kind](value)
