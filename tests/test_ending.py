"""Ending a workshop at the desk and on the command line: what is said before, who may, and what is on paper."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from tests.desk_people import Share, Someone, someone
from tests.desk_people import share_read as share
from tests.paper import letters, pages, side
from tests.phone import text
from workshop import ending, ending_zip, printing, tasks
from workshop.cli import main
from workshop.domain import curating, endings, orders, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House

__all__ = ["share", "someone"]
NAME = "Truitje Zonnebloem"
STORY = "Een bankje bij de bushalte."


def page(client: FlaskClient, workshop: Workshop) -> str:
    answer = client.get(f"/bureau/{workshop.id}/afronden")
    assert answer.status_code == 200
    return text(answer)


def zipped(house: House, client: FlaskClient, workshop: Workshop) -> orders.Order:
    """Press the button that makes the zip, and make it."""
    answer = client.post(f"/bureau/{workshop.id}/afronden/meenemen")
    assert answer.status_code == 303
    key = answer.headers["Location"].rsplit("/", 1)[1]
    tasks.print_order(house, key)
    return house.store.read(orders.find, workshop.id, key)


def erase(client: FlaskClient, workshop: Workshop, **form: str) -> int:
    sent = {"naam": workshop.name, "opgehaald": "1", "namen": "weg"} | form
    sent = {name: value for name, value in sent.items() if value}
    return client.post(f"/bureau/{workshop.id}/afronden/wissen", data=sent).status_code


def test_what_goes_and_what_stays_is_said_before_anything_happens(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share(STORY, "everyone_named", maker=NAME)
    share("Alleen voor ons.", "group")
    said = page(at_desk, workshop)
    for line in (
        "1 naam bij een idee",
        "1 idee dat niet voor iedereen is",
        "1 idee dat iedereen mag lezen, zonder naam",
    ):
        assert line in said
    assert "Er gebeurt nog niets." in said
    assert NAME not in said
    assert house.store.read(curating.counts, workshop.id).total == 2


def test_a_facilitator_ends_a_workshop_in_three_steps(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share(STORY, "everyone_named", maker=NAME)
    assert "Dit kan zodra de zip van nu gemaakt is." in page(at_desk, workshop)
    assert erase(at_desk, workshop) == 400
    at_desk.post(f"/bureau/{workshop.id}/sluiten")
    made = zipped(house, at_desk, workshop)
    fetched = at_desk.get(f"/bureau/{workshop.id}/printen/{made.id}/bestand")
    assert fetched.mimetype == "application/zip"
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert "Zip ophalen" in page(at_desk, workshop)
    assert erase(at_desk, workshop, naam="Werkplaats De Eik") == 400
    assert erase(at_desk, workshop, opgehaald="") == 400
    assert erase(at_desk, workshop) == 303
    assert erase(at_desk, workshop) == 303
    assert "De namen worden nu gewist." in page(at_desk, workshop)
    ending.erase_asked(house)
    said = page(at_desk, workshop)
    assert "Deze werkplaats is afgerond." in said
    assert "1 naam bij een idee" in said
    assert "Wis de namen voorgoed" not in said
    assert at_desk.get(f"/bureau/{workshop.id}/printen/{made.id}/bestand").status_code == 404
    assert "Weer openen" not in text(at_desk.get(f"/bureau/{workshop.id}"))


def test_something_that_changes_after_the_zip_asks_for_a_new_one(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share(STORY, "everyone")
    zipped(house, at_desk, workshop)
    share("Nog een idee.", "group")
    assert erase(at_desk, workshop) == 400
    assert "Er is na je laatste zip iets veranderd." in page(at_desk, workshop)
    assert not house.store.read(endings.of, workshop.id).asked_at


def test_who_looks_along_sees_the_counts_and_no_button_and_no_name(
    house: House, someone: Someone, workshop: Workshop, share: Share
) -> None:
    share(f"Wat {NAME} zegt.", "everyone", maker=NAME)
    observer = someone("observer")
    said = page(observer, workshop)
    assert "Dit gaat weg" in said
    assert "Zip maken" not in said
    assert NAME not in said
    assert erase(observer, workshop) == 403
    assert observer.post(f"/bureau/{workshop.id}/afronden/meenemen").status_code == 403
    assert someone("helper").get(f"/bureau/{workshop.id}/afronden").status_code == 403


def test_names_in_texts_that_stay_are_pointed_at(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share(f"Wat {NAME} zegt.", "everyone", maker=NAME)
    assert f"Idee 1: {NAME}" in page(at_desk, workshop)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_says_what_was_erased_and_what_stayed_on_one_a4_of_14_pt(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share, language: str
) -> None:
    share(STORY, "everyone", maker=NAME)
    share("Alleen voor ons.", "group")
    before = printing.printed(house, workshop, {"document": "ending", "language": language})[0].pdf
    zipped(house, at_desk, workshop)
    erase(at_desk, workshop)
    ending.erase_asked(house)
    after = printing.printed(house, workshop, {"document": "ending", "language": language})[0].pdf
    for pdf in (before, after):
        assert pages(pdf) == 1
        assert min(one.size for one in letters(pdf, 0)) >= 14
    wanted = ("Dit gaat weg", "Dit is gewist") if language == "nl" else ("This goes", "This was erased")
    assert wanted[0] in side(before, 0)
    assert wanted[1] in side(after, 0)


def ended(house: House, out: Path, *more: str) -> Result:
    """End the only workshop there is by the command line."""
    return CliRunner().invoke(main, ["end", "--data", str(house.settings.data), "--export", str(out), *more])


def test_the_command_line_takes_along_and_only_then_erases_when_told(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, tmp_path: Path
) -> None:
    share(STORY, "everyone", maker=NAME)
    share("Alleen voor ons.", "group")
    told = ended(house, tmp_path / "alles.zip", "--workshop", workshop.name)
    assert told.exit_code == 0, told.output
    assert "Would go: 1 name with an idea" in told.output
    assert zipfile.ZipFile(tmp_path / "alles.zip").testzip() is None
    assert not house.store.read(endings.of, workshop.id).asked_at
    done = ended(house, tmp_path / "daarna.zip", "--erase-names", "--name", workshop.name)
    assert done.exit_code == 0, done.output
    assert "Erased: 1 name with an idea" in done.output
    assert house.store.read(workshops.at_door, workshop.id).names_erased_at
    assert json.loads(zipfile.ZipFile(tmp_path / "daarna.zip").read("ideas.json"))[0]["words"] == STORY
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["alles.zip", "daarna.zip"]
    again = ended(house, tmp_path / "later.zip", "--erase-names", "--name", workshop.name)
    assert again.exit_code == 0, again.output
    assert "Names were erased: what went is not in this zip." in again.output
    assert "Erased: 1 name with an idea" in again.output


def test_the_command_line_erases_nothing_before_the_name_of_the_workshop_is_typed(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, tmp_path: Path
) -> None:
    share(STORY, "everyone", maker=NAME)
    for typed in ([], ["--name", workshop.name.lower()]):
        said = ended(house, tmp_path / "alles.zip", "--erase-names", *typed)
        assert said.exit_code == 2
        assert f"--name “{workshop.name}”" in said.output
    assert not (tmp_path / "alles.zip").exists()
    assert not house.store.read(endings.of, workshop.id).asked_at


def test_the_command_line_never_writes_over_a_zip_and_leaves_no_half_one(
    house: House, workshop: Workshop, share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share(STORY, "everyone", maker=NAME)
    full = tmp_path / "alles.zip"
    assert ended(house, full).exit_code == 0
    before = full.read_bytes()
    for more in ([], ["--erase-names", "--name", workshop.name]):
        said = ended(house, full, *more)
        assert said.exit_code == 2
        assert "is there already. Nothing was written. Choose a new name." in said.output
    assert full.read_bytes() == before
    assert not house.store.read(endings.of, workshop.id).asked_at
    lost = ended(house, tmp_path / "weg" / "alles.zip")
    assert "There is no folder" in lost.output
    with monkeypatch.context() as patch:
        patch.setattr(ending_zip, "_parts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        ended(house, tmp_path / "half.zip")
    assert list(tmp_path.glob("*half*")) + list(tmp_path.glob(".*")) == []


def test_a_workshop_that_ended_takes_no_paper_any_more(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    share(STORY, "everyone")
    zipped(house, at_desk, workshop)
    erase(at_desk, workshop)
    ending.erase_asked(house)
    answer = at_desk.post(
        f"/bureau/{workshop.id}/papier",
        data={"stapel": (BytesIO(b"%PDF-1.4"), "stapel.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code in (400, 422)
