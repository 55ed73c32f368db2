"""A backup is one folder, whatever keeps the rows and the files, and it can be put back in every set-up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import DETAILS
from tests.engines import PostgresServer, S3Server
from workshop import backup
from workshop.cli import main
from workshop.domain import doors, facilitators, ideas, search, workshops
from workshop.domain.ideas import Picture, Sent
from workshop.errors import FilesAway, Refused
from workshop.files import Files
from workshop.house import House
from workshop.settings import Settings

SETUPS = ("one machine", "grown")


@pytest.fixture
def settings(
    tmp_path: Path, postgres_server: PostgresServer, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Return settings of a new, empty installation: `settings("grown", "here")`."""
    for name in ("STORE", "FILES", "QUEUE"):
        monkeypatch.delenv(f"WERKPLAATS_{name}", raising=False)

    def made(setup: str, name: str) -> Settings:
        grown = {"store": postgres_server.database(), "files": s3_server.bucket()} if setup == "grown" else {}
        return Settings.of(data=tmp_path / name, base="https://werkplaats.nl", **grown)

    return made


def filled(settings: Settings) -> House:
    """An installation with one idea with a photo in it."""
    house = House.open(settings)
    who = house.store.write(facilitators.make, "Anna", "een lange zin voor aan de deur")
    here = house.store.write(workshops.make, who.id, DETAILS)
    door = house.store.write(doors.open_for, here.id, ["a/01"])["a/01"]
    photo = Picture("p1", house.files.keep(b"a photo", "jpg"), 10, 10)
    house.store.write(
        ideas.place, door, Sent("Een bankje in de zon", "group", "key-1", "phone", "qr", pictures=(photo,))
    )
    house.files.keep(bytes(3 << 20), "scan")
    return house


def told(files: Files) -> dict[str, int]:
    return {one.name: one.size for one in files.everything()}


@pytest.mark.parametrize("target", SETUPS)
@pytest.mark.parametrize("source", SETUPS)
def test_what_was_backed_up_on_one_setup_is_whole_on_the_other(
    settings: Any, tmp_path: Path, source: str, target: str
) -> None:
    before = filled(settings(source, "before"))
    copied, files = tmp_path / "backup", told(before.files)
    assert backup.copy(before, copied) == 2
    (workshop,) = before.store.read(workshops.everything)
    before.close()
    assert sorted(path.name for path in copied.iterdir()) == ["files", "werkplaats.db"]
    whole = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    there = settings(target, "after")
    counts: list[int] = []
    assert backup.restore(copied, there, counts.append) == 2
    assert counts == [1, 2]
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()} == whole, "a backup stays as it is"
    assert not list(there.data.glob("restoring*"))
    after = House.open(there)
    try:
        after.store.write(search.catch_up)
        ((key, _),) = after.store.read(search.found, workshop.id, "bankje").items()
        idea = after.store.read(ideas.by_key, workshop.id, key)
        assert idea.words == "Een bankje in de zon"
        assert after.files.read(idea.pictures[0].file) == b"a photo"
        assert told(after.files) == files
    finally:
        after.close()


@pytest.mark.parametrize("target", SETUPS)
def test_nothing_is_put_over_something(settings: Any, tmp_path: Path, target: str) -> None:
    there = settings(target, "there")
    house = filled(there)
    backup.copy(house, tmp_path / "backup")
    extra = house.files.keep(b"kept after the backup", "jpg")
    house.close()
    with pytest.raises(Refused, match="Nothing was"):
        backup.restore(tmp_path / "backup", there, lambda _: None)
    again = House.open(there)
    try:
        assert again.files.there(extra)
        assert len(again.store.read(workshops.everything)) == 1
    finally:
        again.close()


@pytest.mark.parametrize("target", SETUPS)
def test_a_restore_that_was_cut_off_goes_on_and_takes_no_other_backup(
    settings: Any, tmp_path: Path, target: str
) -> None:
    house = filled(settings("one machine", "before"))
    backup.copy(house, tmp_path / "monday")
    house.store.write(workshops.make, house.store.read(facilitators.first).id, DETAILS)
    backup.copy(house, tmp_path / "tuesday")
    house.close()
    there = settings(target, "there")

    def cut(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.restore(tmp_path / "monday", there, cut)
    if target == "grown":
        with pytest.raises(Refused):
            backup.restore(tmp_path / "tuesday", there, lambda _: None)
    assert backup.restore(tmp_path / "monday", there, lambda _: None) == 2
    after = House.open(there)
    assert len(after.store.read(workshops.everything)) == 1
    after.close()


def test_a_folder_without_a_backup_is_refused_before_anything_is_touched(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no backup in .* Look for werkplaats\.db"):
        backup.restore(tmp_path, settings("one machine", "there"), lambda _: None)
    assert not (tmp_path / "there").exists()


def test_a_damaged_file_stops_a_restore_and_does_not_arrive(settings: Any, tmp_path: Path) -> None:
    house = filled(settings("one machine", "before"))
    backup.copy(house, tmp_path / "backup")
    house.close()
    (photo,) = (tmp_path / "backup/files").glob("??/*.jpg")
    photo.write_bytes(b"a phoTo")
    there = settings("grown", "there")
    with pytest.raises(Refused, match="is damaged where it was"):
        backup.restore(tmp_path / "backup", there, lambda _: None)
    photo.write_bytes(b"a photo")
    assert backup.restore(tmp_path / "backup", there, lambda _: None) == 2


def test_nothing_is_begun_while_the_bucket_is_away(settings: Any, tmp_path: Path) -> None:
    house = filled(settings("one machine", "before"))
    backup.copy(house, tmp_path / "backup")
    house.close()
    there = Settings.of(data=tmp_path / "there", files="s3+http://key:secret@127.0.0.1:9/nowhere")
    with pytest.raises(FilesAway):
        backup.restore(tmp_path / "backup", there, lambda _: None)
    assert not there.store_path.exists()


def test_the_command_says_what_came_back_and_what_to_think_of(settings: Any, tmp_path: Path) -> None:
    filled(settings("one machine", "before")).close()
    run = CliRunner().invoke
    said = run(main, ["backup", str(tmp_path / "copy"), "--data", str(tmp_path / "before")])
    assert "The store and 2 files are safe" in said.output
    said = run(main, ["restore", str(tmp_path / "copy"), "--data", str(tmp_path / "after")])
    assert said.exit_code == 0, said.output
    assert "The store and 2 files of" in said.output
    assert "werkplaats erase-again" in said.output
    said = run(main, ["restore", str(tmp_path / "copy"), "--data", str(tmp_path / "after")])
    assert said.exit_code == 2
    assert "is there already. Nothing was changed." in said.output
    assert os.listdir(tmp_path / "after")
