"""Reading a roadmap back from JSON: everything is checked with pydantic over the model's own dataclasses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap import templates
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.schema import FORMAT, LIMIT, VERSION, Held, check_size, decode, too_large, words_key
from lfroadmap.roadmap.tree import LAST, Place, places
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from pydantic import ValidationError

    from lfroadmap.roadmap.forms import Document, Form

_PLACE = re.compile(r"line (\d+) column (\d+)")


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
    given: dict[str, Any] = {field.name: getattr(form, field.name) for field in fields(sort)}
    for name, _ in CHILDREN[sort]:
        given[name] = tuple(_bare(child, known) for child in given[name])
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
    path = "".join(f".{name}[{at}]" for name, at in place.steps)
    return f"roadmap{path}.id"


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
