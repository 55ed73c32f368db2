"""A series at the desk: seen before it is planned, planned at once, undone at once, moved together, gaps explained."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlite_utils import Database, Migrations

from tests.desk_people import Share, Someone, share, someone
from tests.phone import text
from workshop import ids, store
from workshop.domain import actions, decisions, glasses, meetings, plan_changes, reflections, series, turns, zones
from workshop.domain.actions import Promise
from workshop.domain.facilitators import Facilitator
from workshop.domain.meetings import About, Meeting
from workshop.domain.plan_changes import Written
from workshop.domain.workshops import Workshop
from workshop.domain.zones import Zone
from workshop.errors import Refused
from workshop.house import House

__all__ = ["share", "someone"]

ASKED = {"eerste": "2027-01-11", "elke": "42", "maanden": "18"}
SHARED = {"plaats": "De Linde", "begin": "13:30", "einde": "15:30", "route": "Bus 3 stopt voor de deur."}
BETTER = {"dag-4": "beter", "dag-12": "beter"}


def address(workshop: Workshop) -> str:
    return f"/bureau/{workshop.id}/bijeenkomsten/reeks"


def there(house: House, workshop: Workshop) -> list[Meeting]:
    return house.store.read(meetings.of_workshop, workshop.id)


def plan(client: FlaskClient, workshop: Workshop, **more: str) -> str:
    answer = client.post(address(workshop), data=ASKED | SHARED | more)
    assert answer.status_code == 303
    return answer.location


def test_a_series_is_shown_with_its_rule_and_holidays_before_anything_is_planned(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    said = text(at_desk.get(address(workshop), query_string=ASKED))
    assert "13 keer 6 weken = 546 dagen." in said
    assert "Dat zijn 14 bijeenkomsten" in said
    assert "maandag 17 mei 2027 Tweede Pinksterdag dinsdag 18 mei 2027" in said
    assert "maandag 17 april 2028 Tweede Paasdag dinsdag 18 april 2028" in said
    assert "maandag 11 januari 2027 staat er al" in said
    assert len(there(house, workshop)) == 1


def test_a_series_is_planned_in_one_go_beside_what_was_there_and_twice_is_once(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    [own] = there(house, workshop)
    said = text(at_desk.get(plan(at_desk, workshop, **BETTER)))
    assert "13 bijeenkomsten staan gepland. Op 1 dag stond er al een." in said
    made = there(house, workshop)
    assert [made[0], len(made), made[-1].date] == [own, 14, "2028-07-10"]
    assert [made[3].date, made[11].date] == ["2027-05-18", "2028-04-18"]
    assert (made[3].begins, made[3].ends, made[3].place, made[3].route) == (
        "13:30",
        "15:30",
        "De Linde",
        SHARED["route"],
    )
    plan(at_desk, workshop, **BETTER)
    assert there(house, workshop) == made


def test_a_holiday_can_be_kept_or_skipped_and_why_there_is_more_time_is_filled_in(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    plan(at_desk, workshop, **{"dag-4": "niet", "dag-12": "zelf"})
    days = [one.date for one in there(house, workshop)]
    assert "2027-05-17" not in days
    assert "2027-05-18" not in days
    assert "2028-04-17" in days
    said = text(at_desk.get(f"/bureau/{workshop.id}/bijeenkomsten"))
    assert "84 dagen na de vorige, meer dan 42: niet op maandag 17 mei 2027: Tweede Pinksterdag" in said
    assert "maandag 17 april 2028, 13:30–15:30, De Linde Tweede Paasdag" in said


def test_weeks_that_stay_free_are_flagged_by_their_reason(at_desk: FlaskClient, workshop: Workshop) -> None:
    free = {"vrij-van-0": "2027-08-02", "vrij-tot-0": "2027-08-13", "vrij-om-0": "Bouwvak"}
    said = text(at_desk.get(address(workshop), query_string=ASKED | free))
    assert "maandag 9 augustus 2027 Bouwvak maandag 16 augustus 2027" in said


def test_a_better_day_never_makes_a_meeting_disappear(at_desk: FlaskClient, house: House, workshop: Workshop) -> None:
    weekly = {"elke": "7", "maanden": "3", "vrij-van-0": "2027-01-26", "vrij-tot-0": "2027-02-05", "dag-4": "beter"}
    plan(at_desk, workshop, **weekly)
    days = [one.date for one in there(house, workshop)]
    assert (len(days), days[2:5]) == (14, ["2027-01-25", "2027-02-01", "2027-02-08"])


def test_a_whole_series_is_undone_in_one_go_except_what_somebody_changed(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    after = plan(at_desk, workshop)
    changed = there(house, workshop)[5]
    house.store.write(meetings.change, changed, About(changed.date, "Dromen"))
    undo = address(workshop) + "/" + after.split("reeks=")[-1].split("&")[0] + "/terug"
    said = text(at_desk.get(at_desk.post(undo).location))
    assert "12 bijeenkomsten zijn weer afgezegd. 1 bijeenkomst is intussen veranderd en blijft staan." in said
    assert [one.date for one in there(house, workshop)] == ["2027-01-11", changed.date]
    at_desk.post(undo)
    assert len(there(house, workshop)) == 2


@pytest.mark.parametrize("what", ["plan", "turn", "zone", "present", "reflection", "action", "glasses", "decision"])
def test_a_meeting_about_which_something_was_written_stays_when_its_series_is_undone(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, what: str
) -> None:
    days = {"2027-02-22": "", "2027-04-05": ""}
    made = house.store.write(series.make, workshop.id, days, About(""), 42)
    one, who, do = there(house, workshop)[1], facilitator.id, house.store.write
    if what == "plan":
        do(plan_changes.add, one, Written("break", 20, "A", "Pauze"), "", who, ids.new())
    elif what == "turn":
        do(turns.tap, one, "")
    elif what == "zone":
        do(zones.add, workshop.id, one.id, "", Zone(3, 4, 1), who)
    elif what == "present":
        do(meetings.note_present, one, {"": 12})
    elif what == "reflection":
        do(reflections.write, workshop.id, reflections.About(one.id), "doing", "Het ging vlot.", who)
    elif what == "action":
        do(actions.add, workshop.id, Promise("Bellen", "group", meeting_id=one.id), who)
    elif what == "glasses":
        do(glasses.note, share("Een bankje"), "client", one.id, who)
    else:
        plan = decisions.Plan("make", next_step="Morgen bellen we.", by_when="2027-03-01", meeting_id=one.id)
        do(decisions.prepare, share("Een bankje"), plan, who)
    assert do(series.undo, workshop.id, made.id) == (1, 1)
    assert [meeting.id for meeting in there(house, workshop)[1:]] == [one.id]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"eerste": "ooit"}, "Deze datum kennen we niet."),
        ({"elke": "3"}, "Kies 7 tot 182 dagen"),
        ({"maanden": "0"}, "Kies 1 tot 60 maanden."),
        ({"vrij-van-0": "zomer"}, "Deze datum kennen we niet."),
        ({"begin": "half twee"}, "Deze tijd kennen we niet."),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_made(
    at_desk: FlaskClient, house: House, workshop: Workshop, wrong: dict[str, str], said: str
) -> None:
    answer = at_desk.post(address(workshop), data=ASKED | SHARED | wrong)
    assert answer.status_code == 400
    assert said in text(answer)
    assert 'value="De Linde"' in answer.text
    assert len(there(house, workshop)) == 1


def test_moving_a_meeting_asks_about_the_rest_and_does_what_is_answered(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    plan(at_desk, workshop, **BETTER)
    before = there(house, workshop)
    page = f"/bureau/{workshop.id}/bijeenkomsten/{before[1].id}"
    form = {"datum": "2027-03-01", "naam": "", "versie": "1", **SHARED}
    said = text(at_desk.post(page, data=form))
    assert "Deze bijeenkomst gaat naar maandag 1 maart 2027." in said
    assert "Er komen nog 12 bijeenkomsten na. Gaan die mee?" in said
    assert there(house, workshop) == before
    at_desk.post(page, data=form | {"volgende": "alleen"})
    alone = [one.date for one in there(house, workshop)]
    assert alone == [alone[0], "2027-03-01", *(one.date for one in before[2:])]
    back = form | {"datum": "2027-03-02", "volgende": "ook", "versie": "2"}
    at_desk.post(page, data=back)
    along = there(house, workshop)
    assert [along[1].date, along[2].date, along[-1].date] == ["2027-03-02", "2027-04-06", "2028-07-11"]


def test_the_last_meeting_moves_without_a_question(at_desk: FlaskClient, house: House, workshop: Workshop) -> None:
    [own] = there(house, workshop)
    page = f"/bureau/{workshop.id}/bijeenkomsten/{own.id}"
    at_desk.post(page, data={"datum": "2027-01-12", "versie": str(own.version)})
    assert [one.date for one in there(house, workshop)] == ["2027-01-12"]


def test_meetings_never_change_places_when_they_move_together(house: House, workshop: Workshop) -> None:
    house.store.write(meetings.add, workshop.id, About("2027-02-22"))
    first, second = there(house, workshop)
    with pytest.raises(Refused, match="change places"):
        house.store.write(series.move, second, About("2027-01-04"))
    assert there(house, workshop) == [first, second]


def test_why_there_is_more_time_is_written_at_the_meetings(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    late = house.store.write(meetings.add, workshop.id, About("2027-03-08"))
    page = f"/bureau/{workshop.id}/bijeenkomsten"
    assert "56 dagen na de vorige, meer dan 42" in text(at_desk.get(page))
    answer = at_desk.post(f"{page}/{late.id}/waarom", data={"waarom": "Voorjaarsvakantie"}, follow_redirects=True)
    assert "56 dagen na de vorige, meer dan 42: Voorjaarsvakantie" in text(answer)
    assert at_desk.post(f"{page}/{'0' * 26}/waarom", data={"waarom": "x"}).status_code == 404


def test_who_looks_along_sees_the_days_and_plans_nothing(someone: Someone, house: House, workshop: Workshop) -> None:
    observer = someone("observer")
    assert "Plan deze bijeenkomsten" not in observer.get(address(workshop), query_string=ASKED).text
    assert observer.post(address(workshop), data=ASKED).status_code == 403
    assert someone("stranger").get(address(workshop)).status_code == 404
    assert len(there(house, workshop)) == 1


def test_meetings_from_before_series_are_kept(tmp_path: Path) -> None:
    schema = Path(store.__file__).parent / "schema"
    with closing(sqlite3.connect(tmp_path / "w.db")) as before:
        old = Migrations("werkplaats")
        for path in sorted(schema.glob("*.sql")):
            if path.stem < "013":
                old(name=path.stem)(partial(_run, path.read_text("utf-8")))
        old.apply(Database(before))
        before.execute(
            "insert into workshop (id, name, question, language, address, contact_name, contact_phone, seen, rehearsal,"
            " word_misses_reset_at, made_at) values"
            " ('W', 'De Linde', 'Hoe?', 'nl', 'https://w.nl', 'M', '06', 'soon', 0, '', '')"
        )
        before.execute("insert into meeting (id, workshop_id, date, made_at) values ('M', 'W', '2027-01-11', '')")
        before.commit()
    opened = store.open_store(tmp_path / "w.db")
    [kept] = opened.read(meetings.of_workshop, "W")
    assert (kept.date, kept.route, kept.gap_reason, kept.series_id, kept.every) == ("2027-01-11", "", "", None, 42)
    opened.close()


def _run(text: str, db: Database) -> None:
    db.executescript(text)
