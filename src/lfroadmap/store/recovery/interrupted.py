"""Finishing what a killed command began in a folder of roadmaps, and setting aside files that belong to none.

Files that may have work are never deleted, and nothing is touched while another program works there.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.folder.leftovers import decomposed_twins, has_leftovers, is_leftover, split_log_name
from lfroadmap.store.folder.locking import try_lock_folders
from lfroadmap.store.folder.naming import SUFFIX, folders_of, numbered_names
from lfroadmap.store.folder.notices import Notify, notice
from lfroadmap.store.folder.renaming import rename_exclusive, sync_folder
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.sqlite import disk, file_format

_MIN_AGE = 3600.0
"""Age in seconds of a leftover where it cannot be determined whether its program is running."""
_INCOMPLETE = ("store_damaged", "store_foreign", "store_empty", "store_foreign_log")
"""Errors of reading a temporary file that was not written completely."""


def recover(folders: Sequence[Path], notify: Notify, only: str = "") -> None:
    """Clean up folders of one data folder, that of the roadmaps first; of one file only, by its name.

    What cannot be done is reported and left as it is.
    """
    folders_present = [folder for folder in folders if folder.is_dir()]
    with try_lock_folders(*folders_present) as free:
        if free is False:  # the working program cleans up, or the next start
            return
        for folder in folders_present:
            _Cleanup(folder, folders_present, notify, only, _MIN_AGE if free is None else 0.0).run()


def recover_file(path: Path, notify: Notify) -> None:
    """Finish what a command began with one file, in any folder."""
    path = companions.resolve_link(path)
    if has_leftovers(path.parent, path.name):
        recover(folders_of(path.parent), notify, path.name)


class _Cleanup:
    def __init__(
        self, folder: Path, folders: Sequence[Path], notify: Notify, only: str, least_age: float
    ) -> None:
        self._folder, self._folders, self._notify, self._only = folder, folders, notify, only
        self._least_age = least_age

    def run(self) -> None:
        for kinds in ((companions.RENAMES,), (companions.NEW, companions.RESCUED, companions.COPY)):
            for name in sorted(self._names()):
                found = companions.parse_temp_name(name)
                if found and found[1] in kinds and is_leftover(name, set(), self._only):
                    self._try(
                        self._finish_renames if kinds == (companions.RENAMES,) else self._finish_temporary,
                        name,
                    )
        if not self._only:
            for name in sorted(self._names()):
                self._try(self._remove_second_name, name)
            for name in decomposed_twins(self._names()):
                self._try(self._rename_twin, name)
        for name in sorted(names := self._names()):
            irregular = companions.is_irregular(self._folder / name)
            if not companions.parse_temp_name(name) and is_leftover(
                name, names, self._only, irregular=irregular
            ):
                self._try(self._set_stray_log_aside, name)

    def _names(self) -> set[str]:
        return {entry.name for entry in self._folder.iterdir()}

    def _try(self, clean_up: Callable[[Path], None], name: str) -> None:
        path = self._folder / name
        try:
            status = path.lstat()
            if time.time() - status.st_mtime >= self._least_age:
                clean_up(path)
        except FileNotFoundError:
            return  # it was deleted with another leftover
        except (OSError, RoadmapError) as error:
            reason = error.strerror if isinstance(error, OSError) else error.key
            self._notify(notice("left", path=path, reason=reason))

    def _finish_renames(self, note: Path) -> None:
        """Do the rest of noted renames."""
        if not stat.S_ISREG(note.lstat().st_mode):
            return
        try:
            noted_renames.finish(
                note, self._folders, lambda done: self._report_finished(self._target(note), done)
            )
        except FileExistsError:  # somebody created a file of that name: the rest is reported piece by piece
            note.unlink()

    def _report_finished(self, path: Path, done: Sequence[noted_renames.NotedRename]) -> None:
        asides = [rename.new for rename in done if rename.new and companions.ASIDE in rename.new.name]
        if asides:
            self._notify(notice("finished_aside", path=path, aside=asides[-1]))
        else:
            self._notify(notice("finished", path=path))

    def _target(self, temp: Path) -> Path:
        found = companions.parse_temp_name(temp.name)
        assert found is not None
        return self._folder / found[0]

    def _finish_temporary(self, temp: Path) -> None:
        """Publish a complete roadmap without another name; delete all other temporary files."""
        if temp.is_symlink() and temp.suffix == f".{companions.COPY}":
            temp.unlink()  # a link that was being made absolute: the old one still exists
            return
        if not stat.S_ISREG(temp.lstat().st_mode):
            return
        path = self._target(temp)
        taken = os.path.lexists(path)
        if taken and path.exists() and path.samefile(temp):
            temp.unlink()
        elif not _is_whole(temp) or (taken and (temp.suffix == f".{companions.COPY}" or not _is_whole(path))):
            moving.delete_temporary(temp)
            self._notify(notice("cleared", path=path))
        else:
            self._publish(temp, self._free_path(path) if taken else path)

    def _publish(self, temp: Path, path: Path) -> None:
        if any(os.path.lexists(companions.companion(temp, end)) for end in companions.ENDS):
            disk.checkpoint(temp)
        self._notify(notice("published", path=path))
        moving.publish(temp, path, self._notify)

    def _free_path(self, path: Path) -> Path:
        names = (path.with_name(name + path.suffix) for name in numbered_names(path.stem))
        return next(free for free in names if not os.path.lexists(free))

    def _remove_second_name(self, trashed: Path) -> None:
        """Remove the name in the trash of a file that also has one in the list; that one keeps the log."""
        status = trashed.lstat()
        if self._folder == self._folders[0] or not trashed.name.endswith(SUFFIX) or status.st_nlink < 2:
            return
        for path in self._folders[0].glob(f"*{SUFFIX}"):
            if path.lstat().st_ino == status.st_ino and path.samefile(trashed):
                self._keep_one_name(path, trashed)
                return

    def _keep_one_name(self, path: Path, trashed: Path) -> None:
        if moving.in_use(path) or moving.in_use(trashed):
            return
        self._notify(notice("one_name", path=path))
        trashed_log, own_log = companions.companion(trashed, "-wal"), companions.companion(path, "-wal")
        if trashed_log.exists() and own_log.exists() and trashed_log.samefile(own_log):
            trashed_log.unlink()
        elif trashed_log.exists() and not own_log.exists():
            rename_exclusive(trashed_log, own_log)
        for end in companions.ENDS:
            moving.set_log_aside(trashed, end, self._notify)
        trashed.unlink()
        sync_folder(self._folder)
        self._keep_own_log(path)

    def _keep_own_log(self, path: Path) -> None:
        """Set the log aside again where it turns out to be older."""
        try:
            file_format.inspect(path, thorough=True)
        except BrokenStore as error:
            if error.key == "store_foreign_log":
                moving.set_log_aside(path, "-wal", self._notify)

    def _rename_twin(self, path: Path) -> None:
        """Rename a roadmap whose name looks like another's: one of them could not be opened."""
        if moving.in_use(path):
            return
        free = self._free_path(path.with_name(companions.nfc(path.name)))
        self._notify(notice("renamed", name=free.stem, path=path))
        moving.move(path, free, self._notify)

    def _set_stray_log_aside(self, log: Path) -> None:
        """Set aside a log whose file is missing."""
        file, end = split_log_name(log.name)
        path = self._folder / file
        if moving.in_use(path) or not (companions.is_irregular(log) or not path.exists() or _has_wal(path)):
            return
        moving.set_log_aside(path, end, self._notify)


def _is_whole(path: Path) -> bool:
    """True if a roadmap can be read completely; raises BrokenStore where that cannot be determined."""
    try:
        file_format.inspect(path, thorough=True, any_size=True)
    except BrokenStore as error:
        if error.key not in _INCOMPLETE:
            raise
        return False
    return True


def _has_wal(path: Path) -> bool:
    """True if a file is in WAL mode as ours are, so that a journal beside it (`-journal`) is not its own."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\2\2"
