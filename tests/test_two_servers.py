"""Two web processes behind a proxy that remembers nobody: whichever answers, it is one and the same workshop."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from tests.conftest import CARD, DETAILS, PASSPHRASE, SECOND_CARD
from tests.phone import photo
from tests.served import BASE, Said, Server, Visitor, served
from workshop import clock, ids
from workshop.domain import choices, curating, doors, facilitators, ideas, themes, walls, workshops
from workshop.domain.doors import Door
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Sent
from workshop.domain.misses import NUMBERS_PER_DEVICE, PASSPHRASES
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.settings import Settings
from workshop.store import open_store


@dataclass
class Pair:
    """Two processes on one store and one place for files, and the workshop that is in it."""

    first: Server
    second: Server
    house: House
    workshop: Workshop
    anna: Facilitator
    door: Door

    def share(self, words: str) -> Idea:
        """Share an idea from a third process."""
        return self.house.store.write(ideas.place, self.door, Sent(words, "everyone", ids.token(), ids.token(), "qr"))

    def ideas(self) -> list[Idea]:
        """Return every idea there is."""
        return self.house.store.read(curating.stream, self.workshop.id, curating.Filter())

    def phone(self, server: Server) -> Visitor:
        """Return the phone of somebody who scanned the card."""
        visitor = Visitor()
        assert visitor.get(server, f"/{self.door.scanned}").status == 302
        return visitor

    def at_desk(self) -> Visitor:
        """Return the browser of Anna, signed in from a third process."""
        return Visitor(cookies={"__Host-bureau": self.house.store.write(facilitators.begin, self.anna.id)})


@pytest.fixture(scope="module", params=["one folder", "PostgreSQL and S3"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    shared = {"data": folder / "data"}
    mine: list[dict[str, object]] = [{}, {}]
    if request.param != "one folder":
        store = request.getfixturevalue("postgres_server").database()
        shared = {"store": store, "files": request.getfixturevalue("s3_server").bucket()}
        mine = [{"data": folder / "a"}, {"data": folder / "b"}]
    house = House.open(Settings.of(**shared | {"base": BASE} | ({} if "data" in shared else {"data": folder / "c"})))
    anna = house.store.write(facilitators.make, "Anna", PASSPHRASE)
    workshop = house.store.write(workshops.make, anna.id, DETAILS)
    for card in (CARD, SECOND_CARD):
        house.store.write(choices.put, workshop.id, card)
    door = house.store.write(doors.open_for, workshop.id, [CARD, SECOND_CARD])[CARD]
    common = shared | {"base": BASE, "proxies": 1}
    with served(folder, **common, **mine[0]) as first, served(folder, **common, **mine[1]) as second:
        yield Pair(first, second, house, workshop, anna, door)
    house.close()


def test_who_signs_in_at_one_works_at_the_other_and_signs_out_everywhere(pair: Pair) -> None:
    anna = Visitor()
    answer = anna.post(pair.first, "/bureau/aanmelden", naam="Anna", wachtzin=PASSPHRASE)
    assert (answer.status, answer.where) == (303, "/bureau/")
    assert "Werkplaats De Linde" in anna.get(pair.second, "/bureau/").text
    old = Visitor(cookies=dict(anna.cookies))
    assert anna.post(pair.second, "/bureau/afmelden").status == 303
    for server in (pair.first, pair.second):
        assert old.get(server, f"/bureau/{pair.workshop.id}").status == 302


def test_an_idea_shared_at_one_is_on_the_wall_of_the_other_at_once(pair: Pair) -> None:
    wall = pair.house.store.write(walls.make, pair.workshop.id, "group")
    beamer, phone = Visitor(), pair.phone(pair.first)
    before = beamer.get(pair.second, f"/muur/{wall.key}/stand")
    mark = before.headers["ETag"]
    for server in (pair.first, pair.second):
        assert beamer.get(server, f"/muur/{wall.key}/stand", **{"If-None-Match": mark}).status == 304
    sent = phone.post(pair.first, f"/{pair.door.number}", idee="Een bankje van A.", sleutel=ids.token(), zien="group")
    assert sent.status == 303
    after = beamer.get(pair.second, f"/muur/{wall.key}/stand", **{"If-None-Match": mark})
    assert after.status == 200
    assert "Een bankje van A." in after.text
    assert beamer.get(pair.first, f"/muur/{wall.key}/stand").headers["ETag"] == after.headers["ETag"] != mark
    receipt = sent.where.rpartition("/")[2]
    assert "Een bankje van A." in phone.get(pair.second, f"/bewijs/{receipt}").text, "who sent it sees it there too"


def test_the_pulse_of_the_desk_is_the_same_wherever_it_is_felt(pair: Pair) -> None:
    anna, beat = pair.at_desk(), f"/bureau/{pair.workshop.id}/polsslag"
    mark = anna.get(pair.first, beat).headers["ETag"]
    assert anna.get(pair.second, beat, **{"If-None-Match": mark}).status == 304
    pair.share("Nog een bankje.")
    assert anna.get(pair.second, beat, **{"If-None-Match": mark}).status == 200


def test_guesses_of_a_number_are_counted_together(pair: Pair) -> None:
    guesser, other = Visitor(), Visitor()
    for turn in range(NUMBERS_PER_DEVICE):
        wrong = ids.card_number()
        assert guesser.post([pair.first, pair.second][turn % 2], "/", nummer=wrong).status == 404
    for server in (pair.first, pair.second):
        assert guesser.get(server, f"/{pair.door.number}").status == 404
        assert other.get(server, f"/{pair.door.number}").status == 200


def test_a_clock_that_is_a_day_ahead_somewhere_stops_nobody(pair: Pair) -> None:
    clock.shift(days=1)
    pair.share("Van morgen.")
    clock.shift()
    for turn in range(6):
        phone = pair.phone([pair.first, pair.second][turn % 2])
        for place, server in enumerate((pair.first, pair.second)):
            words = f"Bankje {turn} bij {place}"
            sent = phone.post(server, f"/{pair.door.number}", idee=words, sleutel=ids.token(), zien="group")
            assert sent.status == 303
    assert len([one for one in pair.ideas() if one.words.startswith("Bankje ")]) == 12


def test_guesses_of_a_passphrase_are_counted_together(pair: Pair) -> None:
    pair.house.store.write(facilitators.make, "Bram", PASSPHRASE)
    thief = Visitor()
    for turn in range(PASSPHRASES):
        server = [pair.first, pair.second][turn % 2]
        assert thief.post(server, "/bureau/aanmelden", naam="Bram", wachtzin="geraden zin nummer zoveel").status == 403
    for server in (pair.first, pair.second):
        assert thief.post(server, "/bureau/aanmelden", naam="Bram", wachtzin=PASSPHRASE).status == 429


def test_a_link_that_works_once_works_once_also_when_two_press_at_the_same_moment(pair: Pair) -> None:
    for _ in range(5):
        link = f"/bureau/link/{pair.house.store.write(facilitators.sign_in_link, pair.anna.id)}"
        answers: list[Said] = []
        start = threading.Barrier(2)

        def press(
            server: Server, link: str = link, answers: list[Said] = answers, b: threading.Barrier = start
        ) -> None:
            b.wait()
            answers.append(Visitor().post(server, link))

        together = [threading.Thread(target=press, args=(one,)) for one in (pair.first, pair.second)]
        for one in together:
            one.start()
        for one in together:
            one.join()
        assert sorted(answer.status for answer in answers) == [303, 410]


def test_a_photo_kept_by_one_goes_along_at_the_other(pair: Pair) -> None:
    phone = pair.phone(pair.first)
    picture = FileStorage(io.BytesIO(photo("#336699")), "foto.jpg")
    kept = phone.post(
        pair.first, f"/{pair.door.number}", idee="x" * 5000, sleutel=ids.token(), zien="group", foto=picture
    )
    assert kept.status == 422
    ticket = kept.text.split('name="bewaard" value="')[1].split('"')[0]
    words = "Deze foto kwam bij de ander."
    sent = phone.post(
        pair.second, f"/{pair.door.number}", idee=words, sleutel=ids.token(), zien="group", bewaard=ticket
    )
    assert sent.status == 303
    (idea,) = [one for one in pair.ideas() if one.words == words]
    for server in (pair.first, pair.second):
        given = phone.get(server, f"/foto/{idea.pictures[0].id}")
        assert (given.status, given.headers["Content-Type"]) == (200, "image/jpeg")


def test_the_same_sending_at_both_is_one_idea(pair: Pair) -> None:
    phone, key = pair.phone(pair.first), ids.token()
    words = "Twee keer gedrukt, een keer gekomen."
    answers = [
        phone.post(server, f"/{pair.door.number}", idee=words, sleutel=key, zien="group")
        for server in (pair.first, pair.second)
    ]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].where == answers[1].where
    assert [one.words for one in pair.ideas()].count(words) == 1


def test_what_was_done_at_one_is_undone_at_the_other(pair: Pair) -> None:
    idea, anna = pair.share("Dit hoort bij het thema."), pair.at_desk()
    theme = pair.house.store.write(themes.make, pair.workshop.id, "Buiten")
    board = f"/bureau/{pair.workshop.id}/bord"
    moved = anna.post(pair.first, f"{board}/verplaats", idee=f"{idea.id}:{idea.version}", thema=theme.id)
    assert moved.status == 303
    step = moved.where.split("stap=")[1].split("&")[0]
    assert pair.house.store.read(ideas.by_key, pair.workshop.id, idea.id).theme_id == theme.id
    assert anna.post(pair.second, f"{board}/ongedaan", stap=step).status == 303
    assert pair.house.store.read(ideas.by_key, pair.workshop.id, idea.id).theme_id is None
    late = anna.post(pair.first, f"{board}/verplaats", idee=f"{idea.id}:{idea.version}", thema=theme.id)
    assert late.status == 409, "what the other process changed meanwhile is not overwritten"


def test_forty_ideas_at_once_at_both_are_forty_with_a_number_each(pair: Pair) -> None:
    words = [f"Idee nummer {number} van veertig." for number in range(40)]

    def send(mine: list[str], server: Server) -> None:
        for one in mine:
            answer = Visitor().post(server, f"/{pair.door.number}", idee=one, sleutel=ids.token(), zien="group")
            assert answer.status == 303

    servers = [pair.first, pair.second] * 2
    sending = [threading.Thread(target=send, args=(words[at::4], server)) for at, server in enumerate(servers)]
    for one in sending:
        one.start()
    for one in sending:
        one.join()
    found = pair.ideas()
    assert {one.words for one in found} >= set(words)
    assert len({one.nr for one in found}) == len(found)


def test_history_is_in_the_order_it_happened_also_when_the_clock_of_one_is_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.of(data=tmp_path / "data", base=BASE)
    house, other = House.open(settings), open_store(settings.store_at)
    anna = house.store.write(facilitators.make, "Anna", PASSPHRASE)
    workshop = house.store.write(workshops.make, anna.id, DETAILS)
    house.store.write(choices.put, workshop.id, CARD)
    door = house.store.write(doors.open_for, workshop.id, [CARD])[CARD]
    idea = house.store.write(ideas.place, door, Sent("Een bankje.", "everyone", ids.token(), ids.token(), "qr"))
    corrected = house.store.write(curating.correct, idea, anna.id, "Een bank.")
    monkeypatch.setattr(ids, "_last", 0)  # another process, on another machine
    clock.shift(hours=-1)
    last = other.write(curating.correct, corrected, anna.id, "Een grote bank.")
    happened = house.store.read(curating.history, corrected)
    assert [event.after.get("words") for event in happened][-2:] == ["Een bank.", "Een grote bank."]
    undone = other.write(curating.undo, last, anna.id)
    assert undone.words == "Een bank."
    other.close()
    house.close()
