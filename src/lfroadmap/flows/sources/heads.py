"""The columns of a table of events: those that are named, remembered, or known by their headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.imports.layout import place_of
from lfroadmap.roadmap.import_words import head_key, head_keys, head_ranks

TEXTS = (
    "customer", "kind", "channel", "stage", "content", "objection", "segment",
)  # fmt: skip
NUMBERS = ("value", "cost", "sentiment", "readiness", "satisfaction")
ROLES = (
    "customer", "time", "kind", "seq", "channel", "stage", "value", "cost", "content", "sentiment",
    "objection", "readiness", "satisfaction", "segment",
)  # fmt: skip
"""The columns that events may have."""
NEEDED = ("customer", "time", "kind")
_TIME_OF_KIND = "time."
"""Begins the role of a column of a wide table: `time.purchase` is when a purchase was."""
_LONGEST_HEAD = 60
_WITHIN = 1000
"""More than the rank of any heading."""
_SURE_SHARE = 0.9
"""Least share of the filled cells of a column of times that must be times."""

Pairs = tuple[tuple[str, str], ...]
"""Roles of columns with their headings."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The use of the columns of a table."""

    heads: tuple[str, ...]
    places: Mapping[str, int]
    """Role -> its column, from 0."""
    kinds: tuple[tuple[str, int], ...] = ()
    """Kinds of events with the columns of their times, where each kind has one."""
    segments: tuple[tuple[str, int], ...] = ()
    """Columns of the staging table, `segment_0` and so on, with those that customers are segmented by."""

    @property
    def pairs(self) -> Pairs:
        """The roles that are read, each with its heading."""
        plain = [(role, self.heads[at]) for role, at in self.places.items()]
        wide = [(f"{_TIME_OF_KIND}{kind}", self.heads[at]) for kind, at in self.kinds]
        return (*plain, *wide)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of the columns that are not read."""
        used = {*self.places.values(), *(at for _, at in (*self.kinds, *self.segments))}
        return tuple(head for at, head in enumerate(self.heads) if head and at not in used)


def check_roles(chosen: Pairs) -> None:
    """Raise UsageError for a role that no event has, and for one that is named twice."""
    seen: set[str] = set()
    for role, _ in chosen:
        if role not in ROLES and not (role.startswith(_TIME_OF_KIND) and role != _TIME_OF_KIND):
            known = ", ".join((*ROLES, f"{_TIME_OF_KIND}KIND"))
            raise UsageError("map_role", role=role[:80], known=known)
        if role in seen:
            raise UsageError("flows_map_twice", role=role[:80])
        seen.add(role)


def known_heads(heads: Sequence[str], chosen: Pairs = ()) -> int:
    """How many headings of a row are known, or named."""
    named = {head_key(head) for _, head in chosen}
    return sum(
        bool(head) and (head_key(head) in named or any(_rank(head, role) is not None for role in ROLES))
        for head in heads
    )


def layout_key(heads: Sequence[str]) -> str:
    """The name by which the columns of a table with these headings are remembered."""
    joined = "\n".join(head_key(head) for head in heads)
    return f"events-{sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def columns_of(
    heads: Sequence[str], chosen: Pairs, remembered: Pairs, times: Callable[[], Sequence[bool]] = tuple
) -> Columns:
    """The columns of a table; `times` finds out of each column whether its cells are times.

    Roles that are chosen count before those that are remembered, and these before headings that are known.
    Headings that are chosen and not there are left to who sees all files. Raises RoadmapError where a needed
    column is missing.
    """
    named = tuple(" ".join(head.split()) for head in heads)
    places, left_out = _chosen(named, chosen)
    if "kind" not in places and "time" not in places:
        places |= {r: at for r, at in _chosen(named, remembered)[0].items() if r not in places}
    kinds = tuple((r.removeprefix(_TIME_OF_KIND), at) for r, at in places.items() if _is_of_kind(r))
    plain = {role: at for role, at in places.items() if not _is_of_kind(role)}
    taken = {at for _, at in kinds}
    _guess(named, plain, left_out, taken)
    if kinds:
        plain.pop("time", None)
    elif "kind" not in plain and "customer" in plain:
        kinds = _wide(named, times(), plain)
        if kinds:
            plain.pop("time", None)
    if kinds:
        plain.pop("kind", None)
    _check(named, plain, kinds)
    return Columns(named, plain, kinds)


def _is_of_kind(role: str) -> bool:
    return role.startswith(_TIME_OF_KIND)


def _chosen(heads: Sequence[str], pairs: Pairs) -> tuple[dict[str, int], set[str]]:
    """The places of the roles that are named and there, and the roles that are named as none."""
    places: dict[str, int] = {}
    for role, head in pairs:
        place = place_of(head, heads) if head else None
        if place is not None:
            places[role] = place
    return places, {role for role, head in pairs if not head}


def _guess(heads: Sequence[str], places: dict[str, int], left_out: set[str], taken: set[int]) -> None:
    """Add the roles that are known by their headings, the surest first."""
    ranked = sorted(
        (rank, ROLES.index(role), at, role)
        for role in ROLES
        if role not in places and role not in left_out
        for at, head in enumerate(heads)
        if head and (rank := _rank(head, role)) is not None
    )
    for _, _, at, role in ranked:
        if role not in places and at not in places.values() and at not in taken:
            places[role] = at


def _rank(head: str, role: str) -> int | None:
    """How sure it is that a heading heads a column, 0 is the surest; None where it does not.

    Of a key within an object of JSON, `properties.revenue`, the last part counts, after all other headings.
    """
    rank = _rank_of_name(head, role)
    if rank is None and "." in head and role not in NEEDED:
        inner = _rank_of_name(head.rpartition(".")[2], role)
        return None if inner is None else inner + _WITHIN
    return rank


def _rank_of_name(head: str, role: str) -> int | None:
    ranks = head_ranks(f"event_{role}")
    found = [ranks[each] for each in head_keys(head[:_LONGEST_HEAD]) if each in ranks]
    return 0 if head_key(head) == role else min(found, default=None)


def _wide(
    heads: Sequence[str], times: Sequence[bool], places: Mapping[str, int]
) -> tuple[tuple[str, int], ...]:
    """The columns of times of a table without a column of kinds, each a kind of its own."""
    used = {at for role, at in places.items() if role != "time"}
    return tuple(
        (_kind_named(head), at)
        for at, (head, is_time) in enumerate(zip(heads, times, strict=False))
        if head and is_time and at not in used
    )


def _kind_named(head: str) -> str:
    """The kind that a heading of times names: `Signup date` and `signed_up_at` are about signing up."""
    words = head.replace("_", " ").split()
    ends = {"at", "on", "date", "time", "timestamp", "ts", "day", "תאריך", "מועד", "זמן"}
    while len(words) > 1 and words[-1].casefold() in ends:
        words.pop()
    while len(words) > 1 and words[0].casefold() in ends - {"at", "on"}:
        words.pop(0)
    return " ".join(words)


def _check(heads: Sequence[str], places: Mapping[str, int], kinds: Sequence[tuple[str, int]]) -> None:
    missing = [role for role in NEEDED if role not in places and not (kinds and role != "customer")]
    if missing:
        shown = [head for head in heads if head]
        raise RoadmapError("flows_columns", missing=", ".join(missing), heads=", ".join(shown) or "—")
