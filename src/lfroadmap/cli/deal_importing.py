"""`import --into-calculator`: a table of deals into the pipeline calculator of a card."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.plan_changes import change
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.usecases.plan_edits import Made, PlanEdits

DONE = 0
ROWS = 30
"""Rows of the preview that are printed at most."""


@dataclass(frozen=True, slots=True)
class DealOptions:
    """What of the options of `import` a table of deals needs."""

    file: str
    calculator: str
    mapping: str
    within: str | None
    yes: bool
    quiet: bool = False


def import_deals_into(context: AnyContext, options: DealOptions) -> int:
    """Show what a table of deals would change in a calculator, ask, and do it as one step."""
    from lfroadmap.imports.deal_table import read_deals
    from lfroadmap.imports.preview import DealsFor, deal_preview
    from lfroadmap.usecases.calculator_edits import pipeline_calculator
    from lfroadmap.usecases.import_file import parse_mapping
    from lfroadmap.usecases.plan_edits import Made

    piped = sys.stdin.buffer if options.file == "-" else None
    table = read_deals(options.file, piped, parse_mapping(options.mapping), refusal="broken_snapshot")

    def make(plan: PlanEdits) -> Made:
        calculator = pipeline_calculator(plan, options.calculator)
        found = deal_preview(DealsFor(table, calculator.id), plan.roadmap, context.words, plan.new_id)
        context.output.report(found.report(ROWS))
        return Made(found.edit, (calculator.id,))

    def agree(plan: PlanEdits, made: Made) -> bool:
        if made.edit.on(plan.roadmap) is plan.roadmap:
            return True
        question = context.words("calculator.ask_import")
        return context.agrees(
            question, UsageError("import_needs_yes", name=options.calculator), yes=options.yes
        )

    return change(context, options, make, agree)
