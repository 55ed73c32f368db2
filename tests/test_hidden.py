"""Hidden until the reveal: what came in since then is searched for on every way out, for everybody but facilitators."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Visit
from tests.desk_people import Share, Someone, share, someone
from tests.phone import photo
from workshop import clock, ids
from workshop.domain import answers, curating, decisions, ideas, joining, rounds, support, themes, walls, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Picture
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.pictures import clean
from workshop.store import Tx

__all__ = ["share", "someone"]
CANARY = "kanarie"
PUBLIC = ("/", "/uitleg", "/privacy", "/bewijs", "/strookje")


class Hidden:
    """A workshop in which ideas are hidden: one old idea on the wall, and everything since then a canary."""

    def __init__(self, house: House, workshop: Workshop, door: Door, share: Share, who: Facilitator) -> None:
        write = house.store.write
        self.old = write(curating.put_on_wall, share("Een oud bankje.", "everyone"), who.id)
        self.part = write(curating.put_on_wall, share("Een oude lamp.", "everyone"), who.id)
        clock.shift(seconds=2)
        write(workshops.hide, workshop.id)
        clock.shift(seconds=4)
        made = clean(photo())
        picture = Picture(ids.new(), house.files.keep(made.jpeg, "jpg"), made.width, made.height)
        self.new = share("Kanarie: een nieuw idee.", "everyone_named", maker="Kanarie Klaas", pictures=[picture])
        self.new = write(curating.put_on_wall, self.new, who.id)
        added = share("Kanarie: erbij.", "everyone", about_id=self.old.id)
        write(curating.put_on_wall, added, who.id)
        light = Picture(ids.new(), picture.file, made.width, made.height)
        other = share("Kanarie: ook over licht.", "everyone", pictures=[light])
        other = write(curating.put_on_wall, other, who.id)
        self.joined = write(joining.join, workshop.id, [self.part.id, other.id], "Kanarie samen.", who.id)
        theme = write(themes.make, workshop.id, "Buiten")
        write(themes.put, self.new, theme.id, who.id)
        new = house.store.read(ideas.by_key, workshop.id, self.new.id)
        write(decisions.prepare, new, decisions.Plan("make", "Kanarie als reden.", "Kanarie als stap."), who.id)
        write(_publish, workshop.id, self.new.id, who.id)
        self.pictures = [picture.id, light.id]


def _publish(tx: Tx, workshop_id: str, idea_id: str, who: str) -> None:
    with curating.as_one(tx):
        answers.publish(tx, workshop_id, [idea_id], who)


@pytest.fixture
def hidden(house: House, workshop: Workshop, door: Door, share: Share, facilitator: Facilitator) -> Hidden:
    return Hidden(house, workshop, door, share, facilitator)


def sings(data: bytes) -> bool:
    """Say whether something hidden is in here; spreadsheets are unpacked first."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(name) for name in packed.namelist())
    return CANARY.encode() in data.lower()


def test_nobody_outside_the_desk_sees_what_came_since_it_was_hidden(
    hidden: Hidden, house: House, workshop: Workshop, door: Door, in_group: FlaskClient, visit: Visit
) -> None:
    wall = house.store.write(walls.make, workshop.id, "everyone")
    room = house.store.write(walls.make, workshop.id, "group")
    numbers = [f"/{door.number}/idee/{nr}" for nr in range(1, 9)]
    screens = [f"/muur/{one.key}{more}" for one in (wall, room) for more in ("", "/stand")]
    pictures = [f"/foto/{key}" for key in hidden.pictures]
    pictures += [f"/muur/{one.key}/foto/{key}" for one in (wall, room) for key in hidden.pictures]
    for phone in (in_group, visit()):
        for path in (*PUBLIC, f"/{door.number}", *numbers, *screens):
            assert not sings(phone.get(path).data), path
        for path in pictures:
            assert phone.get(path).status_code == 404, path
        assert "Een oud bankje." in phone.get(f"/{door.number}").text
    assert "Een oude lamp." in in_group.get(f"/{door.number}").text, "what is joined still says what was seen before"


def test_its_own_maker_still_reads_it(hidden: Hidden, visit: Visit) -> None:
    phone = visit()
    assert sings(phone.get(f"/bewijs/{hidden.new.receipt}").data)
    assert phone.get(f"/bewijs/{hidden.new.receipt}/foto/{hidden.pictures[0]}").status_code == 200


def test_an_observer_sees_nothing_of_it_on_any_page_of_the_desk(
    hidden: Hidden, workshop: Workshop, app: Flask, someone: Someone
) -> None:
    observer, anna = someone("observer"), someone("facilitator")
    pages = desk_pages(app, workshop, hidden)
    assert [path for path in pages if sings(observer.get(path).data)] == []
    for idea in (hidden.new, hidden.joined):
        for key in hidden.pictures:
            assert observer.get(f"/bureau/{workshop.id}/ideeen/{idea.id}/foto/{key}").status_code == 404
    assert len([path for path in pages if sings(anna.get(path).data)]) > 5, "facilitators see it"


def desk_pages(app: Flask, workshop: Workshop, hidden: Hidden) -> list[str]:
    """Return every page of the desk about this workshop that can be addressed, with every idea filled in."""
    keys = {"workshop_id": workshop.id, "picture_id": hidden.pictures[1]}
    found = []
    routes = app.url_map.bind("werkplaats.nl")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "workshop_id" not in rule.arguments:
            continue
        for idea in (hidden.new, hidden.joined, hidden.old):
            for kind in ("csv", "xlsx", "json"):
                values = keys | {"idea_id": idea.id, "kind": kind}
                if rule.arguments <= values.keys():
                    mine = {name: value for name, value in values.items() if name in rule.arguments}
                    found.append(routes.build(rule.endpoint, mine))
    bureau = f"/bureau/{workshop.id}"
    found += [
        f"{bureau}/ideeen?zoek=nieuw",
        f"{bureau}/samenvoegen?idee={hidden.new.id}",
    ]
    found += [f"{bureau}/besluiten?idee={hidden.new.id}", f"{bureau}/ideeen/nu?vanaf=0"]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("audience", ["group", "everyone"])
def test_the_wall_on_paper_says_nothing_of_it(hidden: Hidden, house: House, workshop: Workshop, audience: str) -> None:
    found = house.store.read(walls.hanging, workshop.id, audience)
    assert not sings(repr([section.ideas for section in found.sections]).encode())


def test_after_the_reveal_everybody_sees_all_of_it(
    hidden: Hidden, house: House, workshop: Workshop, door: Door, in_group: FlaskClient, someone: Someone
) -> None:
    house.store.write(workshops.reveal, workshop.id)
    page = in_group.get(f"/{door.number}").text
    for words in ("Kanarie: een nieuw idee.", "Kanarie: erbij.", "Kanarie samen."):
        assert words in page
    assert in_group.get(f"/foto/{hidden.pictures[0]}").status_code == 200
    assert sings(someone("observer").get(f"/bureau/{workshop.id}/ideeen.json").data)


def test_numbers_of_support_are_nowhere_until_they_are_shown(
    house: House, workshop: Workshop, door: Door, share: Share, facilitator: Facilitator, in_group: FlaskClient,
    visit: Visit, someone: Someone,
) -> None:  # fmt: skip
    idea = house.store.write(curating.put_on_wall, share("Een bankje.", "everyone"), facilitator.id)
    for number in range(47):
        house.store.write(support.recognise, idea, f"device:{number}", on=True)
    wall = house.store.write(walls.make, workshop.id, "everyone")
    paths = [f"/{door.number}", f"/{door.number}/idee/{idea.nr}", f"/bewijs/{idea.receipt}"]
    for phone in (in_group, visit()):
        for path in paths:
            assert "47 mensen" not in phone.get(path).text, path
        assert '"support":47' not in phone.get(f"/muur/{wall.key}/stand").text.replace(" ", "")
    for kind in ("csv", "json"):
        for who in ("observer", "facilitator"):
            assert "47" not in row_of(someone(who).get(f"/bureau/{workshop.id}/ideeen.{kind}").text)
    house.store.write(workshops.show_support, workshop.id, True)
    assert "47 mensen" in in_group.get(f"/{door.number}").text


def row_of(table: str) -> str:
    """Return a table without what may hold any digits by chance: keys, numbers and times."""
    kept = [line for line in table.splitlines() if "support" in line or line.count('","') > 5]
    return "\n".join(line.rsplit(",", 1)[1] if line.count('","') > 5 else line for line in kept)


def test_a_round_of_dots_leads_nobody_to_what_is_hidden(
    hidden: Hidden, house: House, workshop: Workshop, facilitator: Facilitator, in_group: FlaskClient, someone: Someone
) -> None:
    which = [hidden.old.id, hidden.new.id, hidden.joined.id]
    chosen = house.store.write(rounds.make, workshop.id, "Stickers", 3, which, facilitator.id)
    house.store.write(rounds.begin, chosen, facilitator.id)
    assert not sings(in_group.get(f"/ronde/{chosen.id}").data)
    assert in_group.get(f"/ronde/{chosen.id}/foto/{hidden.pictures[0]}").status_code == 404
    for path in ("", "/stand"):
        assert not sings(someone("observer").get(f"/bureau/{workshop.id}/rondes/{chosen.id}{path}").data)
    house.store.write(rounds.close, chosen, facilitator.id)
    house.store.write(rounds.show, house.store.read(rounds.find, workshop.id, chosen.id), facilitator.id)
    assert not sings(in_group.get(f"/ronde/{chosen.id}").data)
    assert not sings(someone("observer").get(f"/bureau/{workshop.id}/rondes/{chosen.id}").data)
    assert sings(someone("facilitator").get(f"/bureau/{workshop.id}/rondes/{chosen.id}").data)
