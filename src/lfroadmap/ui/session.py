"""The open roadmap: its value and counts, what is not saved yet, the one way to change it. No Textual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.key_names import key_names
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.health import HealthCounts
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.text_diff import rebase, spliced_text
from lfroadmap.settings import Settings
from lfroadmap.state import ExportState
from lfroadmap.store.events import Changed, Event, Outdated, Saved, SaveFailing, WriterEnded
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.ui.context import COMMANDED, Cause
from lfroadmap.ui.flows.state import FlowsState
from lfroadmap.ui.timeline_state import TimelineState
from lfroadmap.usecases.last_export import last_export
from lfroadmap.words import Language, Words, words

if TYPE_CHECKING:
    from lfroadmap.report.relation_texts import RelationTexts
    from lfroadmap.roadmap.dependencies import Dependencies
    from lfroadmap.team.client import TeamClient
    from lfroadmap.team.status import TeamStatus
    from lfroadmap.usecases.hooks import HookRunner
    from lfroadmap.usecases.library_rows import LibraryRows
    from lfroadmap.usecases.searching import RoadmapSearch

SavedState = Literal["saved", "saving", "failing", "read_only"]


class Unsaved(NamedTuple):
    """An edit on its way to the disk: its number, and the long text that it was made in."""

    number: int
    edit: Edit
    base: str | None


class Session:
    """One roadmap that is open in one window."""

    def __init__(
        self,
        store: Store,
        library: Library,
        name: str,
        *,
        settings: Settings,
        language: Language,
        today: Callable[[], date],
    ) -> None:
        self.store = store
        self.library = library
        self.name = name
        self.settings = settings
        self.set_language(language)
        self.today = today
        self.roadmap: Roadmap = store.roadmap
        self.counts = Counts(self.roadmap)
        self._dependencies: Dependencies | None = None
        self.health = HealthCounts(self.roadmap, today(), settings.thresholds.risk_days)
        self.recent: list[tuple[str, str]] = []
        """Kinds and ids of what was chosen in the palette, the latest first."""
        self.search: RoadmapSearch | None = None
        """The texts of the roadmap, as far as a search has looked at them; None before the first."""
        self.found: tuple[str, str] | None = None
        """What was searched for last, and the id of the result that was gone to; None before the first."""
        self.unsaved: list[Unsaved] = []
        """Edits that are not known to be on the disk yet."""
        self.failing: RoadmapError | None = None
        """Why the disk does not take the edits, while it does not."""
        self.hooks: HookRunner | None = None
        """Gives the changes to the person's own programs, where there are any."""
        self.team: TeamClient | None = None
        """Keeps the roadmap in step with its room, where it is in one."""
        self.team_status: TeamStatus | None = None
        self.only_reads = store.only_reads
        """True if the token for the room was one that only reads, before anything is known of the room."""
        self.rows: LibraryRows | None = None
        """The other roadmaps as they were read last; None before that."""
        self.flows = FlowsState()
        """What the Flows tab shows beside the kept figures."""
        self.timeline = TimelineState()
        """What is looked at on the Timeline tab."""
        self.ending_hooks: tuple[HookRunner, ...] = ()
        """Those of the roadmaps that were open before, which may still run."""

    def of_another(self, store: Store, name: str) -> Session:
        """The session of another roadmap in the same window."""
        language = self.words.language
        after = Session(
            store, self.library, name, settings=self.settings, language=language, today=self.today
        )
        after.rows = self.rows
        after.ending_hooks = (*self.ending_hooks, *((self.hooks,) if self.hooks else ()))
        return after

    def use_settings(self, settings: Settings) -> None:
        """Follow other settings, in the same language."""
        self.settings = settings
        self.health = HealthCounts(self.roadmap, self.today(), settings.thresholds.risk_days)
        self.set_language(self.words.language)

    def set_language(self, language: Language) -> None:
        """Go on in a language; its texts name the keys of the settings, and write days as they say."""
        settings = self.settings
        dated = words(language).dated(settings.date_format, settings.week_starts)
        self.words: Words = dated.naming(key_names(settings.keys))

    @property
    def labels(self) -> Labels:
        """The words of the nodes in the language of the moment."""
        return Labels(self.roadmap.template, self.words.language)

    @property
    def relations(self) -> RelationTexts:
        """What waits for what in the roadmap as it is now, and what that is called."""
        from lfroadmap.report.relation_texts import RelationTexts  # noqa: PLC0415 - few roadmaps have any
        from lfroadmap.roadmap.dependencies import Dependencies  # noqa: PLC0415 - as above

        before = self._dependencies
        self._dependencies = before.after(self.roadmap) if before else Dependencies(self.roadmap)
        return RelationTexts(self._dependencies, self.labels, self.words)

    @property
    def last_export(self) -> ExportState:
        """The choices of the last export."""
        return last_export(self.settings, self.library)

    @property
    def read_only(self) -> bool:
        """True if the file is of a newer version, this user may not write it, or the token only reads."""
        return self.refusal is not None

    @property
    def refusal(self) -> RoadmapError | None:
        """Why nothing can be changed; None where something can."""
        if self.failing is not None and self.failing.key in ("save_newer", "save_unwritable"):
            return self.failing
        only_reads = self.team_status.is_read_only if self.team_status else self.only_reads
        return RoadmapError("team_only_reads") if only_reads else None

    @property
    def has_ended(self) -> bool:
        """True if nothing is saved any more, as the writer ended unexpectedly."""
        return self.failing is not None and self.failing.key == "save_ended"

    @property
    def state(self) -> SavedState:
        """State of saving."""
        if self.read_only:
            return "read_only"
        if self.failing is not None:
            return "failing"
        return "saving" if self.unsaved else "saved"

    def change(self, edit: Edit, *, alone: bool = False) -> bool:
        """Apply an edit and queue it for the disk; False where it changes nothing, or nothing may change.

        `alone`: to this roadmap only, and not to what others make of it at the same moment.
        """
        after = edit.on(self.roadmap)
        if after is self.roadmap or self.read_only:
            return False
        base, shown = spliced_text(edit, self.roadmap), self.roadmap if alone else None
        self._show(after)
        self.unsaved.append(Unsaved(self.store.submit(edit, base, shown), edit, base))
        return True

    def change_alone(self, edit: Edit) -> bool:
        """Apply an edit as an undo step of its own, to the roadmap as it is here or not at all."""
        self.store.end_burst()
        changed = self.change(edit, alone=True)
        self.store.end_burst()
        return changed

    def hear(self, event: Event) -> Cause | None:
        """Take in what the store says; the cause where the roadmap changed by it."""
        match event:
            case Saved(number=number):
                self.unsaved = [entry for entry in self.unsaved if entry.number > number]
                self.failing = None
                if self.hooks:
                    self.hooks.saved()
            case SaveFailing(error=error) | WriterEnded(error=error):
                self.failing = error
            case Changed(roadmap=roadmap, number=number, undone=undone):
                self._adopt(roadmap, number)
                return Cause(over=frozenset(undone))
            case Outdated(roadmap=roadmap, number=number):
                self._adopt(roadmap, number)
                return COMMANDED
            case _:
                pass
        return None

    def _adopt(self, roadmap: Roadmap, number: int) -> None:
        """Take a roadmap of the store's, with the edits on top that it does not hold yet."""
        for ahead in self.unsaved:
            if ahead.number > number:
                roadmap = rebase(ahead.edit, ahead.base, roadmap).on(roadmap)
        self._show(roadmap)

    def _show(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self.health.follow(roadmap, self.today())
        self.counts.update(roadmap)
