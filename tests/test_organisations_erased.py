"""An organisation that leaves: exported in one zip, then nothing of it is anywhere, and its cards say so kindly."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests import phone
from tests.conftest import PASSPHRASE, Visit
from tests.filled import fill
from tests.organised import Other, bas, other, sent
from workshop import ending, ids, organisation_erasing, organisation_zip
from workshop.cli import main
from workshop.domain import facilitators, ideas, leaving, misses, orders, organisations, stacks, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Picture
from workshop.domain.stacks import Brought
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.pictures import clean
from workshop.settings import Settings
from workshop.store import owned, schema

__all__ = ["bas"]
CANARY = "Kanarievogel"


def sing(house: House, visit: Visit) -> Other:
    """Make an organisation of which every word has a canary in it, with files, a queue and wrong guesses."""
    made = house.store.write(organisations.make, f"Stichting {CANARY}")
    who = house.store.write(facilitators.make, f"{CANARY} Kees", PASSPHRASE, made.id)
    there = other(house, visit, made, who, f"Werkplaats {CANARY}")
    photo = clean(phone.photo())
    picture = Picture(ids.new(), house.keep(photo.jpeg, "jpg"), photo.width, photo.height)
    house.store.write(ideas.place, there.door, replace(sent(f"{CANARY} zingt."), maker=CANARY, pictures=[picture]))
    order = house.store.write(orders.order, there.workshop.id, who.id, {"document": "test", "said": CANARY})
    claimed = house.store.write(orders.claim, order.id)
    assert claimed
    house.store.write(orders.finish, claimed, house.keep(f"%PDF-{CANARY}".encode(), "pdf"), f"{CANARY}.pdf")
    scan = house.files.keep(f"scan {CANARY}".encode(), "scan")
    house.store.write(stacks.bring, there.workshop.id, who.id, "stack", [Brought(f"{CANARY}.pdf", scan, 20)])
    house.store.write(misses.note, "passphrase", who.name.lower(), CANARY)
    house.store.write(facilitators.invite, there.workshop.id, "facilitator", who.id)
    return there


def hits(folder: Path) -> list[str]:
    """Return the files in a folder in which the canary is heard, upper case or not."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and CANARY.lower() in path.read_bytes().decode("latin-1").lower()
    ]


def test_what_is_erased_is_in_no_file_of_the_data_folder(
    house: House, visit: Visit, door: Door, bas: Other, facilitator: Facilitator, workshop: Workshop
) -> None:
    gone = sing(house, visit)
    assert hits(house.settings.data)
    house.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
    assert organisation_erasing.erase(house, gone.organisation.id)
    assert hits(house.settings.data) == []
    assert house.store.read(organisations.find, gone.organisation.id).erased_at
    assert house.store.read(ideas.by_key, bas.workshop.id, bas.idea.id).words == bas.idea.words
    assert house.store.read(workshops.members, workshop.id)


def test_the_same_on_postgresql(postgres_server: object, tmp_path: Path, visit: Visit) -> None:
    address = postgres_server.database()  # type: ignore[attr-defined]
    opened = House.open(Settings.of(data=tmp_path / "grown", store=address, base="https://werkplaats.nl"))
    try:
        opened.store.write(facilitators.make, "Anna")
        gone = sing(opened, visit)
        assert told(address)
        opened.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
        assert organisation_erasing.erase(opened, gone.organisation.id)
        assert told(address) == []
        assert hits(tmp_path / "grown") == []
    finally:
        opened.close()


def told(address: str) -> list[str]:
    """Return every text column of a database in which the canary is heard."""
    with psycopg.connect(address) as database:
        columns = database.execute(
            "select table_name, column_name from information_schema.columns "
            "where table_schema = current_schema() and data_type in ('text', 'tsvector')"
        ).fetchall()
        return [
            f"{table}.{column}"
            for table, column in columns
            for (found,) in database.execute(
                f'select count(*) from "{table}" where "{column}"::text ilike %s', (f"%{CANARY}%",)
            )
            if found
        ]


def test_every_table_of_an_organisation_is_emptied_and_nobody_else_s(tmp_path: Path) -> None:
    settings = Settings.of(data=tmp_path / "full")
    House.open(settings).close()
    with closing(sqlite3.connect(settings.store_path)) as connection, connection:
        fill(connection, 3)
    opened = House.open(settings)
    first, gone = (f"{at:026}" for at in (1, 2))
    try:
        assert dict.fromkeys(owned.names(), 1) | {"doomed": 1} == opened.store.read(leaving.left, gone)
        for statement in owned.deletions():
            while opened.store.write(leaving.erase_some, gone, statement):
                pass
        assert opened.store.read(leaving.left, gone) == {"doomed": 1}
        assert dict.fromkeys(owned.names(), 1) | {"doomed": 1} == opened.store.read(leaving.left, first)
    finally:
        opened.close()


def test_tables_that_are_nobody_s_own_are_known() -> None:
    with schema.empty() as memory:
        nobodys = set(schema.tables(memory)) - set(owned.names())
    assert nobodys == {"organisation", "doomed", "stopped", "miss", "file_size", "chore", "worker", "work_turn"}


@pytest.mark.parametrize("after", range(1, 80, 13))
def test_erasing_that_was_cut_off_goes_on(
    house: House, visit: Visit, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.store.write(facilitators.make, "Anna")
    gone = sing(house, visit)
    house.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
    done = iter(range(after))
    some = leaving.erase_some

    def cut_off(tx: object, key: str, statement: str) -> int:
        if next(done, None) is None:
            raise KeyboardInterrupt
        return some(tx, key, statement)  # type: ignore[arg-type]

    monkeypatch.setattr(leaving, "erase_some", cut_off)
    with pytest.raises(KeyboardInterrupt):
        organisation_erasing.erase(house, gone.organisation.id)
    monkeypatch.undo()
    organisation_erasing.erase_asked(house)
    assert hits(house.settings.data) == []
    assert house.store.read(leaving.undone) == []


def test_a_kill_between_a_file_and_the_note_that_it_is_gone_is_made_good(
    house: House, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.store.write(facilitators.make, "Anna")
    gone = sing(house, visit)
    house.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
    with monkeypatch.context() as patched:
        patched.setattr(leaving, "deleted", _killed)
        with pytest.raises(KeyboardInterrupt):
            organisation_erasing.erase(house, gone.organisation.id)
    assert organisation_erasing.erase(house, gone.organisation.id)
    assert hits(house.settings.data) == []


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_file_that_another_organisation_has_too_stays(house: House, visit: Visit, bas: Other) -> None:
    gone = sing(house, visit)
    same = house.keep(b"%PDF-", "pdf")
    for one in (gone, bas):
        house.store.write(stacks.bring, one.workshop.id, one.who.id, "stack", [Brought("a.pdf", same, 5)])
    house.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
    assert organisation_erasing.erase(house, gone.organisation.id)
    assert house.files.there(same)


def test_its_cards_answer_kindly_and_its_numbers_are_never_given_again(
    house: House, visit: Visit, outside: FlaskClient
) -> None:
    house.store.write(facilitators.make, "Anna")
    gone = sing(house, visit)
    house.store.write(leaving.ask, gone.organisation.id, gone.organisation.name)
    organisation_erasing.erase(house, gone.organisation.id)
    for path in (f"/{gone.door.number}", f"/{gone.door.scanned}"):
        answer = outside.get(path, follow_redirects=True)
        assert answer.status_code == 410
        assert "Deze werkplaats is gestopt" in answer.text
    assert outside.post("/", data={"nummer": gone.door.number}).status_code == 410
    assert house.store.read(lambda tx: tx.doors.number_taken(number=gone.door.number))
    assert gone.browser.get("/bureau/").status_code == 302


@pytest.mark.grown
def test_pages_laid_out_for_it_go_from_other_machines_too(house: House, bas: Other) -> None:
    elsewhere = house.settings.data / "faces"  # of a machine that did not do the erasing
    ending.forget_faces(house)
    house.store.write(leaving.ask, bas.organisation.id, bas.organisation.name)
    assert organisation_erasing.erase(house, bas.organisation.id)
    for there in (False, True):
        elsewhere.mkdir(exist_ok=True)
        ending.forget_faces(house)
        assert elsewhere.exists() == there, "once for each time that somebody erases"


def test_the_exact_name_is_asked_and_nothing_is_erased_while_something_is_printed(house: House, bas: Other) -> None:
    with pytest.raises(Refused, match="exact name"):
        house.store.write(leaving.ask, bas.organisation.id, "de kring")
    order = house.store.write(orders.order, bas.workshop.id, bas.who.id, {"document": "test"})
    claimed = house.store.write(orders.claim, order.id)
    assert claimed
    with pytest.raises(Refused, match="Nothing was erased"):
        house.store.write(leaving.ask, bas.organisation.id, "De Kring")
    house.store.write(orders.fail, claimed, "klaar")
    house.store.write(leaving.ask, bas.organisation.id, "De Kring")


def test_the_export_has_every_workshop_its_people_and_what_was_used(
    house: House, bas: Other, workshop: Workshop
) -> None:
    out = io.BytesIO()
    assert organisation_zip.pack(house, bas.organisation.id, out) == 1
    with zipfile.ZipFile(out) as found:
        names = found.namelist()
        assert "workshops/001-werkplaats-de-kring.zip" in names
        assert b"Bas" in found.read("people.csv")
        assert b"Anna" not in found.read("people.json")
        assert b"workshops" in found.read("usage.json")
        with zipfile.ZipFile(io.BytesIO(found.read(names[-1]))) as inside:
            assert "Een hek om de vijver." in inside.read("ideas.csv").decode()
            assert workshop.question not in inside.read("LEES-MIJ.txt").decode()


def test_the_command_line_exports_to_a_new_file_only_and_erases(house: House, bas: Other, tmp_path: Path) -> None:
    run, where = CliRunner(), ["--data", str(house.settings.data)]
    there = tmp_path / "kring.zip"
    assert run.invoke(main, ["organisation", "export", *where, "De Kring", str(there)]).exit_code == 0
    again = run.invoke(main, ["organisation", "export", *where, "De Kring", str(there)])
    assert again.exit_code == 2
    assert "Nothing was written" in again.output
    wrong = run.invoke(main, ["organisation", "erase", *where, "De Kring", "--name", "Kring"])
    assert wrong.exit_code == 2
    done = run.invoke(main, ["organisation", "erase", *where, "De Kring", "--name", "De Kring"])
    assert done.exit_code == 0
    assert "(erased) · erased" in run.invoke(main, ["organisation", "list", *where]).output
