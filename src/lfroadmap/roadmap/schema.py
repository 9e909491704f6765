"""The roadmap as JSON, versioned; docs/json-format.md is its description for people.

Writing needs no pydantic and is quick to import; reading checks everything with pydantic over the same
dataclasses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.roadmap.model import KPI_TEXTS, TITLE_OF, Field, Kpi, Node, Roadmap, Task
from lfroadmap.roadmap.tree import LAST, Place, places
from lfroadmap.text import one_line
from lfroadmap.words import Language

if TYPE_CHECKING:
    from pydantic import ValidationError

    from lfroadmap.roadmap.forms import Document, Form

FORMAT = "lfroadmap"
VERSION = 2
"""The newest version that is read."""
PLAIN_VERSION = 1
"""What is written of a whole roadmap without a history, so that older readers take it too."""
LIMIT = 32 * 1024 * 1024
"""Largest snapshot that is read, in bytes; 10,000 tasks are 3 MB."""
PARTS = 1_000_000
"""Most values that a snapshot may hold; 10,000 tasks are 80,000. The checker keeps a report of every
fault, so that a file of millions of wrong values would fill the memory."""

_PLACE = re.compile(r"line (\d+) column (\d+)")


History = Sequence[Mapping[str, object]]
"""Changes as `ChangeForm` has them."""
Through = Callable[[Iterable[str], int], Iterable[str]]
"""Passes on about so many pieces, and knows by them how far the work is."""
_PIECES = 28
"""What the encoder makes of a node, about."""


class Held(NamedTuple):
    """What a snapshot holds."""

    roadmap: Roadmap
    is_part: bool
    """Stages or long texts were left out of it."""


def dump(
    roadmap: Roadmap,
    language: Language,
    history: History | None = None,
    *,
    part: bool = False,
    through: Through | None = None,
) -> str:
    """The roadmap as JSON text that ends with a line feed; `load` gives the same roadmap back.

    Written as `json_text` does: half a surrogate pair, which reading refuses, becomes U+FFFD.
    """
    held = document(roadmap, language, history, part=part)
    if through is None:
        return json_text(held) + "\n"
    pieces = _PIECES * (sum(1 for _ in places(roadmap)) + len(history or ()))
    return json_text(held, through=lambda made: through(made, pieces)) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a snapshot, made from the types that reading checks with."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - slow to import, only this and reading need it
    from pydantic.json_schema import GenerateJsonSchema  # noqa: PLC0415

    from lfroadmap.roadmap.forms import Document  # noqa: PLC0415

    class Plain(GenerateJsonSchema):
        """Without a title for each key that says the key again."""

        def field_title_should_be_set(self, schema: object) -> bool:
            return False

    made = TypeAdapter(Document).json_schema(schema_generator=Plain)
    return {"$schema": Plain.schema_dialect, "$id": f"urn:{FORMAT}:snapshot:{VERSION}", **made}


def document(
    roadmap: Roadmap, language: Language, history: History | None = None, *, part: bool = False
) -> dict[str, Any]:
    """The roadmap as plain values, each node with its words in `language`; its history if that is given."""
    known: Mapping[str, str] = {}
    if roadmap.template in templates.names():
        known = templates.load(roadmap.template).words[language]
    body = _plain(roadmap, known)
    version = PLAIN_VERSION if history is None and not part else VERSION
    held = {"format": FORMAT, "version": version, "language": language, "roadmap": body}
    more = {"history": None if history is None else list(history), "part": part or None}
    return held | {key: value for key, value in more.items() if value is not None}


def texts_of(node: type) -> tuple[str, ...]:
    """The attributes of a sort of node whose words may be its template's."""
    return KPI_TEXTS if node is Kpi else (TITLE_OF[node],)


def words_key(node: Node | Roadmap, name: str) -> str:
    """Where a template keeps the words of a node's attribute."""
    return f".{name}" if isinstance(node, Roadmap) else f"{node.id}.{name}"


def _plain(node: Node | Roadmap, known: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        nested = isinstance(value, tuple) and field.name != "options"
        out[field.name] = [_plain(child, known) for child in value] if nested else value
    borrowed = []
    for name in texts_of(type(node)):
        key = words_key(node, name)
        if out[name] is None and key in known:
            out[name] = known[key]
            borrowed.append(name)
    if borrowed:
        out["from_template"] = borrowed
    return out


def load(source: str | bytes) -> Roadmap:
    """The roadmap in JSON text, as `read`."""
    return read(source).roadmap


def read(source: str | bytes) -> Held:
    """What JSON text holds; raises BrokenSnapshot that says what is wrong and where.

    Bytes are UTF-8 or, with a byte order mark, UTF-16.
    """
    if len(source) > LIMIT:
        raise too_large()
    text = decode(source) if isinstance(source, bytes) else source
    if not text.strip("\ufeff \t\r\n"):
        raise BrokenSnapshot("snapshot_empty")
    data = _utf8(text.removeprefix("\ufeff"))
    check_size(data)
    _check_head(data)
    document = _read(data)
    roadmap = _value(document)
    _check_ids(roadmap)
    return Held(roadmap, document.part)


def check_size(data: bytes) -> None:
    """Refuse JSON that would take minutes or all the memory before it is looked at; raises BrokenSnapshot."""
    if len(data) > LIMIT or sum(map(data.count, (b",", b"[", b"{"))) > PARTS:
        raise too_large()


def too_large() -> BrokenSnapshot:
    """The refusal of a file that no roadmap needs."""
    return BrokenSnapshot("snapshot_too_large", limit=LIMIT >> 20, parts=f"{PARTS:,}")


def decode(data: bytes) -> str:
    """A snapshot's bytes as text; some shells write what is piped to a file as UTF-16."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenSnapshot("snapshot_encoding", at=error.start) from error


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BrokenSnapshot("snapshot_encoding", at=error.start) from error


def _check_head(data: bytes) -> None:
    """Refuse what is not ours, and what a newer program wrote, before judging the rest."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - slow to import, only reading needs it

    from lfroadmap.roadmap.forms import Head  # noqa: PLC0415

    try:
        head = TypeAdapter(Head).validate_json(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        if found["type"] == "json_invalid":
            raise _not_json(found["msg"], data) from error
        raise BrokenSnapshot("snapshot_foreign") from error
    if head.format != FORMAT:
        raise BrokenSnapshot("snapshot_foreign")
    if not isinstance(head.version, int) or isinstance(head.version, bool) or head.version < 1:
        raise BrokenSnapshot("snapshot_wrong_value", where="version", expected=VERSION)
    if head.version > VERSION:
        raise BrokenSnapshot("snapshot_newer", version=head.version, known=VERSION)


def _not_json(message: str, data: bytes) -> BrokenSnapshot:
    """The parser counts bytes in a line; people count characters."""
    found = _PLACE.search(message)
    line, column = (int(found[1]), int(found[2])) if found else (1, 0)
    before = data.split(b"\n", line)[line - 1][:column]
    return BrokenSnapshot("snapshot_not_json", line=line, column=len(before.decode(errors="ignore")))


def _read(data: bytes) -> Document:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    from lfroadmap.roadmap.forms import Document  # noqa: PLC0415

    try:
        return TypeAdapter(Document).validate_json(data)
    except ValidationError as error:
        raise _explained(error) from error


_REASONS = {
    "missing": "snapshot_missing",
    "unexpected_keyword_argument": "snapshot_unknown",
    "string_type": "snapshot_wants_text",
    "bool_type": "snapshot_wants_bool",
    "tuple_type": "snapshot_wants_list",
    "dataclass_type": "snapshot_wants_object",
    "literal_error": "snapshot_wrong_value",
}


def _explained(error: ValidationError) -> BrokenSnapshot:
    """The first of the faults, in our words."""
    found = error.errors(include_url=False, include_input=False)[0]
    where = path_of(found["loc"])
    expected = found.get("ctx", {}).get("expected", "")
    return BrokenSnapshot(_REASONS.get(found["type"], "snapshot_wrong_type"), where=where, expected=expected)


def path_of(steps: tuple[str | int, ...]) -> str:
    """`roadmap.stages[0].title`; a key that somebody made up is cut to a length that can be read."""
    path = ""
    for step in steps:
        name = step if isinstance(step, int) or len(step) <= 60 else step[:60] + "…"
        path += f"[{name}]" if isinstance(name, int) else f".{name}"
    return path.removeprefix(".")


def _value(document: Document) -> Roadmap:
    """The roadmap of a checked document, with the words that are its template's given back to it."""
    template = document.roadmap.template
    known = templates.load(template).words["en"] if template in templates.names() else {}
    roadmap = _bare(document.roadmap, known)
    assert isinstance(roadmap, Roadmap)
    return roadmap


def _bare(form: Form, known: Mapping[str, str]) -> Node | Roadmap:
    """The model's own value; a form adds one attribute to the dataclass that it stands for."""
    sort: type[Any] = type(form).__bases__[0]
    given: dict[str, Any] = {}
    for field in fields(sort):
        value = getattr(form, field.name)
        nested = isinstance(value, tuple) and field.name != "options"
        given[field.name] = tuple(_bare(child, known) for child in value) if nested else value
    for name in form.from_template:
        if words_key(form, name) in known:
            given[name] = None
    return cast("Node | Roadmap", sort(**given))


def _check_ids(roadmap: Roadmap) -> None:
    """Every edit finds its node by its id alone, so one id must never stand for two."""
    seen = {"", LAST}
    if roadmap.id in seen:
        raise BrokenSnapshot("snapshot_bad_id", where="roadmap.id")
    seen.add(roadmap.id)
    for place in places(roadmap):
        node_id = place.node.id
        if node_id in seen:
            key = "snapshot_bad_id" if node_id in ("", LAST) else "snapshot_double_id"
            raise BrokenSnapshot(key, where=_where(place), id=one_line(node_id)[:60])
        seen.add(node_id)


def _where(place: Place) -> str:
    """The JSON path of a node's id."""
    if isinstance(place.node, Kpi):
        return f"roadmap.kpis[{place.at}].id"
    path = f"roadmap.stages[{place.stage}]"
    if place.card >= 0:
        path += f".cards[{place.card}]"
    if isinstance(place.node, Field | Task):
        path += f".{type(place.node).__name__.lower()}s[{place.at}]"
    return f"{path}.id"
