"""Files that nobody speaks of any more go, once an hour; what is handed in again meanwhile stays."""

from __future__ import annotations

import os
import re
import time

import pytest
from flask.testing import FlaskClient

from tests.phone import photo, receipt_of, share
from workshop import clock, jobs, sweeping
from workshop.domain import ideas, work
from workshop.domain.doors import Door
from workshop.domain.ideas import Picture, Sent
from workshop.files import Files
from workshop.files.contract import KINDS
from workshop.house import House
from workshop.jobs import Jobs
from workshop.store import schema, tx

pytestmark = pytest.mark.grown


def place(house: House, door: Door, file: str) -> None:
    sent = Sent("", "group", file[:20], "phone", "qr", pictures=[Picture(file[:8], file, 1, 1)])
    house.store.write(ideas.place, door, sent)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_never_sent_does_not_stay_of_whatever_kind(house: House, door: Door, kind: str) -> None:
    lost, kept = house.files.keep(b"never sent", kind), house.files.keep(b"sent", kind)
    place(house, door, kept)
    sweeping.sweep(house)
    assert house.files.there(lost)
    clock.shift(hours=sweeping.UNSENT_HOURS + 1)
    sweeping.sweep(house)
    assert not house.files.there(lost)
    assert house.files.there(kept)


@pytest.mark.parametrize("again", ["its row is there", "it was stored again"])
def test_what_is_handed_in_again_while_all_files_are_looked_at_stays(
    house: House, door: Door, again: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, remove = house.files.keep(b"a photo", "jpg"), sweeping._remove

    def meanwhile(house: House, name: str) -> None:
        if again == "its row is there":
            place(house, door, name)
        else:
            clock.shift()  # as young as what is new
        remove(house, name)

    monkeypatch.setattr(sweeping, "_remove", meanwhile)
    clock.shift(hours=sweeping.UNSENT_HOURS + 1)
    sweeping.sweep(house)
    assert house.files.there(file)


def test_a_photo_that_a_form_hands_in_again_is_as_young_as_a_new_one(
    house: House, in_group: FlaskClient, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = share(in_group, door, "lang " * 2000, foto=photo())
    (ticket,) = re.findall(r'name="bewaard" value="([^"]+)"', answer.text)
    keep, stored = house.files.keep, []

    def noted(data: bytes, kind: str, *, reserve: bool = True) -> str:
        stored.append(keep(data, kind, reserve=reserve))
        return stored[-1]

    monkeypatch.setattr(house.files, "keep", noted)
    receipt_of(share(in_group, door, "Korter.", bewaard=ticket))
    assert stored == [ticket.partition(":")[0]]


def test_every_file_is_looked_at_once_an_hour_and_not_each_minute(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[House] = []
    monkeypatch.setattr(sweeping, "sweep", looked.append)
    keeper = Jobs(house)
    for minutes, times in ((0, 1), (2, 1), (59, 1), (61, 2)):
        clock.shift(minutes=minutes)
        keeper._sweep_in_turn()
        assert len(looked) == times, minutes
    clock.shift(minutes=63)
    assert house.store.read(work.untidy), "erasing does not wait for it"


def test_each_process_deletes_what_was_left_on_its_own_machine(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.01)
    half = house.files.folder / "tmp-of-a-killed-worker"
    half.write_bytes(b"half a scan")
    long_ago = clock.read(clock.ago(hours=sweeping.UNSENT_HOURS + 1)).timestamp()
    os.utime(half, (long_ago, long_ago))
    only_nudges = Jobs(house)
    only_nudges._hands = []
    only_nudges.start()
    for _ in range(500):
        if not half.exists():
            break
        time.sleep(0.02)
    only_nudges.stop()
    assert not half.exists()


def test_no_table_is_read_from_end_to_end_to_know_whether_a_file_is_used() -> None:
    query = tx._queries("sqlite")["pictures"].uses_of.sql  # type: ignore[attr-defined]
    with schema.empty() as memory:
        plan = [row[3] for row in memory.execute(f"explain query plan {query}", {"file": "a"})]
    assert [
        step
        for step in plan
        if "INDEX" not in step and step.startswith(("SCAN", "SEARCH")) and step != "SCAN CONSTANT ROW"
    ] == []


def test_a_file_is_young_when_it_was_stored_or_stored_again_lately(house: House) -> None:
    files: Files = house.files
    name = files.keep(b"a photo", "jpg")
    assert files.young(name, 1)
    clock.shift(hours=2)
    assert not files.young(name, 1)
    files.remove(name)
    assert not files.young(name, 1000)
