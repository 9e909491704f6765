"""Finishing what a killed command began in a folder of roadmaps, and putting aside what belongs to none.

Nothing that may hold work is deleted, and nothing is touched while another program is at work there.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.folder.leftovers import belongs_to_none, has_leftovers, log_of, twins
from lfroadmap.store.folder.locking import alone
from lfroadmap.store.folder.naming import SUFFIX, folders_of, numbered
from lfroadmap.store.folder.notices import Notify, notice
from lfroadmap.store.folder.renaming import rename_to_free, sync_folder
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.sqlite import disk, file_format

_OLD = 3600.0
"""Seconds after which a leftover is one where it cannot be known whether its maker lives."""
_NOTHING = ("store_damaged", "store_foreign", "store_empty", "store_foreign_log")
"""What is wrong with a draft that was not written to its end."""


def recover(folders: Sequence[Path], notify: Notify, only: str = "") -> None:
    """Tidy up folders of one data folder, that of the roadmaps first; of one file only, by its name.

    What cannot be done is told and left as it is.
    """
    there = [folder for folder in folders if folder.is_dir()]
    with alone(*there) as free:
        if free is False:  # the one at work tidies up, or the next start
            return
        for folder in there:
            _Tidying(folder, there, notify, only, _OLD if free is None else 0.0).run()


def recover_file(path: Path, notify: Notify) -> None:
    """Finish what a command began with one file, in whatever folder that is."""
    path = companions.real(path)
    if has_leftovers(path.parent, path.name):
        recover(folders_of(path.parent), notify, path.name)


class _Tidying:
    def __init__(
        self, folder: Path, folders: Sequence[Path], notify: Notify, only: str, least_age: float
    ) -> None:
        self._folder, self._folders, self._notify, self._only = folder, folders, notify, only
        self._least_age = least_age

    def run(self) -> None:
        for kinds in ((companions.STEPS,), (companions.NEW, companions.RESCUED, companions.COPY)):
            for name in sorted(self._names()):
                found = companions.unfinished(name)
                if found and found[1] in kinds and belongs_to_none(name, set(), self._only):
                    self._try(self._finish if kinds == (companions.STEPS,) else self._draft, name)
        if not self._only:
            for name in sorted(self._names()):
                self._try(self._second_name, name)
            for name in twins(self._names()):
                self._try(self._twin, name)
        for name in sorted(names := self._names()):
            odd = companions.is_odd(self._folder / name)
            if not companions.unfinished(name) and belongs_to_none(name, names, self._only, odd=odd):
                self._try(self._log, name)

    def _names(self) -> set[str]:
        return {entry.name for entry in self._folder.iterdir()}

    def _try(self, tidy: Callable[[Path], None], name: str) -> None:
        path = self._folder / name
        try:
            held = path.lstat()
            if time.time() - held.st_mtime >= self._least_age:
                tidy(path)
        except FileNotFoundError:
            return  # it went together with another leftover
        except (OSError, RoadmapError) as error:
            reason = error.strerror if isinstance(error, OSError) else error.key
            self._notify(notice("left", path=path, reason=reason))

    def _finish(self, note: Path) -> None:
        """Do the rest of the noted steps."""
        if not stat.S_ISREG(note.lstat().st_mode):
            return
        try:
            noted_renames.finish(note, self._folders, lambda done: self._finished(self._target(note), done))
        except FileExistsError:  # somebody made a file of that name: what is left is told piece by piece
            note.unlink()

    def _finished(self, path: Path, done: Sequence[noted_renames.NotedRename]) -> None:
        asides = [one.new for one in done if one.new and companions.ASIDE in one.new.name]
        if asides:
            self._notify(notice("finished_aside", path=path, aside=asides[-1]))
        else:
            self._notify(notice("finished", path=path))

    def _target(self, draft: Path) -> Path:
        found = companions.unfinished(draft.name)
        assert found is not None
        return self._folder / found[0]

    def _draft(self, draft: Path) -> None:
        """Publish a roadmap that is whole and has no other name; clear away all others."""
        if draft.is_symlink() and draft.suffix == f".{companions.COPY}":
            draft.unlink()  # a link that was being renamed: the one before it is still there
            return
        if not stat.S_ISREG(draft.lstat().st_mode):
            return
        path = self._target(draft)
        taken = os.path.lexists(path)
        if taken and path.exists() and path.samefile(draft):
            draft.unlink()
        elif not _is_whole(draft) or (
            taken and (draft.suffix == f".{companions.COPY}" or not _is_whole(path))
        ):
            moving.clear(draft)
            self._notify(notice("cleared", path=path))
        else:
            self._publish(draft, self._free(path) if taken else path)

    def _publish(self, draft: Path, path: Path) -> None:
        if any(os.path.lexists(companions.beside(draft, end)) for end in companions.ENDS):
            disk.work_in(draft)
        self._notify(notice("published", path=path))
        moving.publish(draft, path, self._notify)

    def _free(self, path: Path) -> Path:
        names = (path.with_name(name + path.suffix) for name in numbered(path.stem))
        return next(free for free in names if not os.path.lexists(free))

    def _second_name(self, binned: Path) -> None:
        """Take the name in the bin from a file that has one in the list as well; that one keeps the log."""
        held = binned.lstat()
        if self._folder == self._folders[0] or not binned.name.endswith(SUFFIX) or held.st_nlink < 2:
            return
        for path in self._folders[0].glob(f"*{SUFFIX}"):
            if path.lstat().st_ino == held.st_ino and path.samefile(binned):
                self._unite(path, binned)
                return

    def _unite(self, path: Path, binned: Path) -> None:
        if moving.in_use(path) or moving.in_use(binned):
            return
        self._notify(notice("one_name", path=path))
        theirs, own = companions.beside(binned, "-wal"), companions.beside(path, "-wal")
        if theirs.exists() and own.exists() and theirs.samefile(own):
            theirs.unlink()
        elif theirs.exists() and not own.exists():
            rename_to_free(theirs, own)
        for end in companions.ENDS:
            moving.put_log_aside(binned, end, self._notify)
        binned.unlink()
        sync_folder(self._folder)
        self._keep_own_log(path)

    def _keep_own_log(self, path: Path) -> None:
        """Put the log aside again where it turns out to be of an earlier time."""
        try:
            file_format.look(path, thoroughly=True)
        except BrokenStore as error:
            if error.key == "store_foreign_log":
                moving.put_log_aside(path, "-wal", self._notify)

    def _twin(self, path: Path) -> None:
        """Give a roadmap a name of its own that looks like another's: one of them could not be opened."""
        if moving.in_use(path):
            return
        free = self._free(path.with_name(companions.composed(path.name)))
        self._notify(notice("renamed", name=free.stem, path=path))
        moving.move(path, free, self._notify)

    def _log(self, log: Path) -> None:
        """Put aside a log whose file is not there."""
        file, end = log_of(log.name)
        path = self._folder / file
        if moving.in_use(path) or not (companions.is_odd(log) or not path.exists() or _has_wal(path)):
            return
        moving.put_log_aside(path, end, self._notify)


def _is_whole(path: Path) -> bool:
    """Whether a roadmap can be read, all of it; raises BrokenStore where that cannot be known."""
    try:
        file_format.look(path, thoroughly=True, whatever_its_size=True)
    except BrokenStore as error:
        if error.key not in _NOTHING:
            raise
        return False
    return True


def _has_wal(path: Path) -> bool:
    """Whether a file keeps its log as ours do, so that a journal beside it (`-journal`) is not its own."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\2\2"
