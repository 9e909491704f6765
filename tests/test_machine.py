from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime, timedelta

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.machine import author, new_id, now

ACCOUNTS = ("LOGNAME", "USER", "LNAME", "USERNAME")
NOBODY = 54_321
"""A user that no account has."""


def test_an_id_is_new_each_time() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


def test_the_time_is_that_of_this_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    time = now()
    assert time.utcoffset() == datetime.now().astimezone().utcoffset()
    assert abs(datetime.now(UTC) - time) < timedelta(minutes=5)


def test_the_time_may_be_set_so_that_bytes_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert now() == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", ["soon", "1e9", "99999999999999999999"])
def test_a_time_that_is_none_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(RoadmapError) as caught:
        now()
    assert caught.value.key == "source_date"
    assert caught.value.facts["value"] == value


def test_the_author_is_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "dana")
    assert author() == "dana" == getpass.getuser()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child does one thing and is gone
@pytest.mark.skipif(os.getuid() != 0, reason="only root may become a user without an account")
def test_a_user_without_an_account_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ACCOUNTS:
        monkeypatch.delenv(name, raising=False)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setuid(NOBODY)
        os.write(writer, author().encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        assert said.read() == str(NOBODY)
    assert os.waitpid(child, 0)[1] == 0
