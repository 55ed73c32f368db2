"""What is in the zip with everything to take along, and what of the group is not."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from tests.desk_people import Share, share
from tests.paper import pages, side
from tests.phone import photo
from workshop import clock, ending_zip, ids
from workshop.domain import answers, curating, decisions, doors, ideas, meetings, plan_proposals, results, zones
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Sent
from workshop.domain.meetings import About, Meeting
from workshop.domain.network_cards import AGENDA
from workshop.domain.results import Draft
from workshop.domain.workshops import Workshop
from workshop.domain.zones import Zone
from workshop.house import House

__all__ = ["share"]
SECRET, SHOWN = "Mijn zoon drinkt.", "Een bankje bij de bushalte."


def taken_along(house: House, workshop: Workshop) -> zipfile.ZipFile:
    out = io.BytesIO()
    ending_zip.pack(house, workshop, out)
    return zipfile.ZipFile(out)


def table(archive: zipfile.ZipFile, noun: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(archive.read(f"{noun}.json"))
    return rows


def today(house: House, workshop: Workshop) -> Meeting:
    return house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))


def test_what_stays_in_the_group_is_in_no_table_plan_wall_or_report_of_the_zip(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    meeting, who = today(house, workshop), facilitator.id
    secret, shown = share(SECRET, "everyone", stays=True), share(SHOWN, "everyone")
    door = house.store.write(doors.open_for, workshop.id, [AGENDA])[AGENDA]
    for words, stays in ((SECRET, True), (SHOWN, False)):
        sent = Sent(words, "everyone", ids.token(), ids.token(), "qr", stays=stays)
        asked = house.store.write(ideas.place, door, sent)
        house.store.write(plan_proposals.put_on, meeting, asked, "Op de agenda.", who, ids.new())
    for idea, why in ((secret, "Want drinken is zwaar."), (shown, "Want zitten is fijn.")):
        hanging = house.store.write(curating.put_on_wall, idea, who)
        house.store.write(decisions.prepare, hanging, decisions.Plan("keep", why), who)
    house.store.write(answers.publish, workshop.id, [secret.id, shown.id], who)
    archive = taken_along(house, workshop)
    prints = [archive.read(name) for name in archive.namelist() if "wall" in name or "report" in name]
    said = [" ".join(side(pdf, at) for at in range(pages(pdf))).replace("\xa0", " ") for pdf in prints]
    said += [archive.read(name).decode() for name in archive.namelist() if name.endswith((".json", ".csv"))]
    assert len(prints) == 2
    assert not any("drink" in one for one in said)
    assert all("bankje" in one for one in said[:2])
    assert [row["reason"] for row in table(archive, "decisions") if row["reason"]] == ["Want zitten is fijn."]
    assert [row["title"] for row in table(archive, "plans")] == [SHOWN]
    assert [row["idea"] for row in table(archive, "answers")] == [shown.nr]


def test_no_side_under_five_can_be_worked_out_from_the_zones_in_the_zip(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    meeting = today(house, workshop)
    for count_of, zone in (("client", Zone(2, 2, 2)), ("professional", Zone(0, 0, 2))):
        house.store.write(zones.add, workshop.id, meeting.id, count_of, zone, facilitator.id)
    rows = table(taken_along(house, workshop), "zones")
    assert rows == [{"meeting": meeting.date, "perspective": "", "known": 2, "learning": 2, "too_much": 4}]


def test_a_picture_of_a_result_for_the_group_is_not_among_those_everyone_may_see(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    files = {}
    for audience, colour in (("everyone", "#8fb5c9"), ("group", "#c98f8f")):
        files[audience] = house.files.keep(photo(colour), "jpg")
        draft = Draft("Een bankje", audience=audience, picture=files[audience], picture_alt="Een bankje.")
        house.store.write(results.make, workshop.id, draft, facilitator.id)
    names = taken_along(house, workshop).namelist()
    assert [name for name in names if name.startswith("pictures")] == [
        f"pictures/{files['everyone']}",
        f"pictures-group/{files['group']}",
    ]
