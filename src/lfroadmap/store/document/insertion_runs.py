"""Runs of nodes that a batch inserts one behind the other, so that positions for all are reserved at once."""

from __future__ import annotations

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.structure import Add, Move

Run = list[str]
"""Ids in their final order."""


def insertion_runs(edit: Edit) -> dict[str, Run]:
    """Id of each inserted or moved node -> the run that it belongs to."""
    out: dict[str, Run] = {}
    ends: dict[str, Run] = {}
    for part in edit.singles():
        if isinstance(part, Add | Move):
            node_id = part.node.id if isinstance(part, Add) else part.node
            run = ends.pop(part.after, [])
            run.append(node_id)
            ends[node_id] = out[node_id] = run
    return out
