"""A whole trajectory in one test: thirteen meetings, from the first card to names erased, through all three doors."""

from __future__ import annotations

import re

import pytest
import vobject

from tests import piles, returned, rounding
from tests.conftest import Visit
from tests.paper import pages, side
from tests.trajectory import Life
from workshop import ending, printing
from workshop.domain import (
    answers,
    balance,
    curating,
    endings,
    facilitators,
    ideas,
    mandates,
    meetings,
    progress,
    reflections,
    results,
    rounds,
    seats,
    slips,
    stacks,
    steps,
    trials,
    zones,
)
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.network_cards import CHANGES, WHY_NOW
from workshop.house import House

pytestmark = pytest.mark.grown

NAME, STORY = "Truitje Zonnebloem", "Een bankje bij de bushalte, met een leuning."
SECRET = "Alleen voor ons: mijn knie doet zeer."
WAS = "Ik durfde het eerst niet te zeggen."


def test_a_whole_trajectory_from_the_first_meeting_to_the_names_erased(
    house: House, visit: Visit, facilitator: Facilitator
) -> None:
    life = Life(house, visit, facilitator)
    begins(life)
    plans_thirteen_meetings(life)
    story = says_why_now(life)
    looked_at = scans_what_the_pack_printed(life)
    joined = merges_chooses_and_answers(life, story, looked_at)
    tries_it_out(life, joined)
    looks_back(life)
    what_came_of_it(life, joined)
    ends(life, story)


def begins(life: Life) -> None:
    """A workshop of people from all sides: what it is about, whose seats there are, and who leads it."""
    life.on("2026-12-01")
    form = {"naam": "Werkplaats De Linde", "vraag": "Hoe wonen we straks fijn in onze buurt?", "taal_kaarten": "nl"}
    form |= {"adres": "https://werkplaats.nl", "contact": "Marijke", "telefoon": "06 12 34 56 78", "zichtbaar": "soon"}
    answer = life.desk.post("/bureau/nieuw", data=form)
    assert answer.status_code == 303
    life.id = re.findall(r"[0-9A-Z]{26}", answer.headers["Location"])[0]
    life.post("/traject/soort", soort="workshop", stand="1")
    assert life.workshop.kind == "workshop"
    life.post("/kader", versie="0", **{"in.binnen": "Wonen in deze buurt.", "in.buiten": "De huurprijs."})
    assert "De huurprijs." in life.page("/kader")
    chairs = {"client": 4, "ervaringsdeskundige": 3, "professional": 3, "gemeente": 1}
    sent = {f"was-{what}-{key}": "0" for key in chairs for what in ("wens", "vraag")}
    sent |= {f"nu-{what}-{key}": str(many) for key, many in chairs.items() for what in ("wens", "vraag")}
    life.post("/perspectieven/stoelen", **sent)
    assert life.house.store.read(seats.of, life.id)["client"].wanted == 4
    token = life.house.store.write(facilitators.invite, life.id, "facilitator", life.anna.id)
    life.house.store.write(facilitators.use, token, life.bram.id)
    life.post("/traject/perspectief", perspectief="professional")
    life.as_bram().post(f"/bureau/{life.id}/traject/perspectief", data={"perspectief": "ervaringsdeskundige"})
    done = {one.part for one in life.house.store.read(steps.of, life.workshop) if one.state == "done"}
    assert {"frame", "facilitators"} <= done
    assert "Stappen printen" in life.page("/traject")


def plans_thirteen_meetings(life: Life) -> None:
    """Every six weeks for a year and a half; two holidays are flagged, and the calendar can be followed."""
    every = {
        "eerste": "2027-01-11",
        "elke": "42",
        "maanden": "18",
        "plaats": "De Linde",
        "begin": "13:30",
        "einde": "15:30",
    }
    shown = life.desk.get(f"/bureau/{life.id}/bijeenkomsten/reeks", query_string=every).text
    assert "Pinksterdag" in shown
    assert "Paasdag" in shown
    life.post("/bijeenkomsten/reeks", **every, **{"dag-4": "beter", "dag-12": "beter"})
    there = life.house.store.read(meetings.of_workshop, life.id)
    assert len(there) == 14  # thirteen times six weeks is a year and a half
    life.post(f"/bijeenkomsten/{there.pop().id}/af")
    assert there[0].date == "2027-01-11"
    assert there[3].date != "2027-05-17"
    assert there[11].date != "2028-04-17"
    life.post("/bijeenkomsten/agenda/open")
    address = re.findall(r"/agenda/\w+\.ics", life.desk.get(f"/bureau/{life.id}/bijeenkomsten").text)[0]
    feed = life.as_bram().get(address).data.decode()
    events = vobject.readOne(feed).vevent_list
    held = [one for one in events if one.status.value != "CANCELLED"]
    assert [one.dtstart.value.date().isoformat() for one in held] == [one.date for one in there]
    assert len(there) == 13


def says_why_now(life: Life) -> Idea:
    """One idea from every side, through all three doors; the step is open until each was heard."""
    life.on("2027-01-11")
    story = life.by_phone(WHY_NOW, STORY, perspectief="client", zien="everyone_named", naam=NAME)
    life.by_phone(WHY_NOW, SECRET, perspectief="ervaringsdeskundige", zien="group", naam=NAME)
    life.by_phone(WHY_NOW, "De gemeente wil meer groen.", scanned=False, perspectief="gemeente")
    for at in range(5):
        life.by_phone(WHY_NOW, f"Een zitje voor de deur {at}.", perspectief="professional")
    assert (story.channel, life.newest().perspective) == ("qr", "professional")
    present = {"client": 5, "ervaringsdeskundige": 3, "professional": 6}
    life.post(f"/bijeenkomsten/{life.met(1).id}/aanwezig", **{f"er-{key}": str(many) for key, many in present.items()})
    return story


def scans_what_the_pack_printed(life: Life) -> list[Idea]:
    """The paper of a meeting in one PDF; its idea cards are written on, scanned, and typed over."""
    life.on("2027-02-20")
    sizes = {"tafels": "1", "mensen": "4", "groot": "0", "ideekaarten": "1"}
    where = f"/bijeenkomsten/{life.met(2).id}/pakket"
    assert "Ideekaarten" in life.page(where)
    whole = life.printed(life.post(where, **sizes, deel=["packing", "sign_in", "slips"]))
    assert "Inpaklijst" in side(whole, 0)
    alone = life.printed(life.post(where, **sizes, alleen="slips"))
    life.on("2027-02-22")
    cards = life.written(alone, 2)
    life.scan([[card] for card in cards])
    found = []
    for card, words in zip(cards, ("Samen eten op dinsdag.", "Een bankje is fijn."), strict=True):
        row = life.house.store.read(lambda tx, slip: tx.ideas.of_slip(slip=slip), card.known.number)
        idea = life.idea(row["id"])
        assert (idea.channel, idea.typing) == ("paper", "waiting")
        typed = {"versie": str(idea.version), "hoe": "bewaren", "woorden": words, "wie": "everyone"}
        life.post(f"/overtypen/{idea.id}", **typed, perspectief="client")
        found.append(life.idea(idea.id))
    assert [one.words for one in found] == ["Samen eten op dinsdag.", "Een bankje is fijn."]
    return found


def merges_chooses_and_answers(life: Life, story: Idea, on_paper: list[Idea]) -> Idea:
    """What is alike is joined, people choose with dots on paper and phones, and every maker hears."""
    story = life.idea(story.id)
    life.post("/samenvoegen", idee=[f"{one.id}:{one.version}" for one in (story, on_paper[1])], woorden="", samen="1")
    joined = life.idea(life.idea(story.id).merged_into or "")
    assert joined.channel == "joined"
    life.post("/rondes", titel="Wat doen we het eerst?", stippen="3", idee=[joined.id, on_paper[0].id])
    (about,) = life.house.store.read(rounds.of_workshop, life.id)
    life.post(f"/rondes/{about.id}/open")
    (sheet,) = rounding.on_paper(life.house, life.workshop, about, life.anna)
    rounding.scan(life.house, life.workshop, life.anna, sheet.stuck(5, 2))
    life.post(f"/rondes/{about.id}/dicht")
    life.post(f"/rondes/{about.id}/toon")
    assert life.house.store.read(rounds.took_part, about).sheets == 1
    for idea, kind, why in ((joined, "try", "Veel mensen kozen dit."), (on_paper[0], "not_now", "De keuken is dicht.")):
        life.post("/besluiten", gezien=f"{idea.id}:", wat=kind, reden=why)
        life.post("/antwoorden", gezien=f"{idea.id}:{life.idea(idea.id).planned}")
    heard = [life.house.store.read(answers.of_idea, life.idea(one.id)) for one in (story, *on_paper)]
    assert [one[0].decision.kind for one in heard] == ["try", "not_now", "try"]
    slips_to_give = life.printed(life.post("/antwoorden/printen", vorm="a5"))
    said = " ".join(side(slips_to_give, at) for at in range(pages(slips_to_give)))
    assert "De keuken is dicht." in said
    return joined


def tries_it_out(life: Life, joined: Idea) -> None:
    """A trial without a mandate cannot begin; one fails and is celebrated; the next opens with its lesson."""
    life.on("2027-04-05")
    first = begun(life, "Een bankje lenen", joined)
    refused = life.post(f"/proeven/{first}/begin", 400, versie=version(life, first))
    assert "niemand heeft gezegd dat het mag" in refused.text
    allow(life, first)
    life.post(f"/proeven/{first}/begin", versie=version(life, first))
    assert life.house.store.read(trials.find, life.id, first).state == "busy"
    too_soon = {"uitkomst": "not", "in.les": "Een bank zonder leuning werkt niet."}
    life.post(f"/proeven/{first}/klaar", 400, versie=version(life, first), **too_soon)
    cycle = {f"in.{part}": f"Dit is {part}." for part in trials.CYCLE} | {"in.gezien": "Niemand ging zitten."}
    life.post(f"/proeven/{first}", versie=version(life, first), **cycle)
    assert life.house.store.read(trials.find, life.id, first).round
    life.post(f"/proeven/{first}/klaar", versie=version(life, first), **too_soon)
    assert "Mislukt. En dit leerden we:" in life.page(f"/proeven/{first}")
    life.on("2027-07-05")
    second = begun(life, "Een bank met leuning", joined, na=first)
    assert too_soon["in.les"] in life.page(f"/proeven/{second}")
    allow(life, second)
    life.post(f"/proeven/{second}/begin", versie=version(life, second))
    life.post(f"/proeven/{second}", versie=version(life, second), **cycle | {"in.gezien": "De bank zat elke dag vol."})
    good = {"uitkomst": "works", "in.les": "Een leuning maakt het verschil."}
    life.post(f"/proeven/{second}/klaar", versie=version(life, second), **good)
    kept = life.house.store.read(trials.of_workshop, life.id)
    assert sorted(one.outcome for one in kept) == ["not", "works"]
    assert life.house.store.read(mandates.standing, life.id, first)


def begun(life: Life, title: str, joined: Idea, **more: str) -> str:
    """Write a trial down; return its key."""
    form = {"in.titel": title, "in.vraag": "Gaan mensen zitten?", "ideeen": str(joined.nr)} | more
    found: str = re.findall(r"[0-9A-Z]{26}", life.post("/proeven", **form).headers["Location"])[1]
    return found


def version(life: Life, trial: str) -> str:
    return str(life.house.store.read(trials.find, life.id, trial).version)


def allow(life: Life, trial: str) -> None:
    """Let somebody who may say so allow a trial, on paper."""
    form = {
        "in.wie": "de wethouder",
        "in.wat": "een bank op de stoep",
        "mandaat-tot": "2028-12-31",
        "getekend": "paper",
    }
    life.post(f"/proeven/{trial}/mandaat", versie=version(life, trial), **form)


def looks_back(life: Life) -> None:
    """In three layers, the third for oneself; buttons in rings; who is missing; and what people do differently."""
    meeting = life.met(5)
    life.on(meeting.date)
    wrote = {"in.doing": "We gingen te snel.", "in.thinking": "Luisteren is het werk.", "in.being": WAS}
    life.post("/terugblik", bijeenkomst=meeting.id, **wrote)
    seen = life.as_bram().get(f"/bureau/{life.id}/terugblik", query_string={"bijeenkomst": meeting.id}).text
    assert wrote["in.doing"] in seen
    assert WAS not in seen
    assert min(life.house.store.read(reflections.coverage, life.id).values()) >= 1
    sheet = returned.sheet(life.house, life.workshop, life.anna.id)
    stack = life.house.store.read(stacks.of_workshop, life.id)[0]
    rings = {"rij-comfort": "3", "rij-learning": "6", "rij-panic": "1", "bijeenkomst": meeting.id, "kant": ""}
    life.post(f"/papier/{stack.id}/tellen/{sheet.id}", **rings)
    ((at, kant, zone),) = life.house.store.read(zones.trend, life.id)
    assert (at.id, kant, zone.learning) == (meeting.id, "", 6)
    for number in (3, 4, 5):
        life.post(f"/bijeenkomsten/{life.met(number).id}/aanwezig", **{"er-client": "6", "er-professional": "7"})
    assert "3 bijeenkomsten zonder ervaringsdeskundige" in life.page("/balans")
    assert life.house.store.read(balance.warnings, life.workshop)
    life.on("2027-07-20")
    assert "halfjaar" in life.desk.get(f"/bureau/{life.id}/traject").text
    life.by_phone(CHANGES, "Ik groet nu mijn buren.", perspectief="client")
    assert "Ik groet nu mijn buren." in life.page("/halfjaar")


def what_came_of_it(life: Life, joined: Idea) -> None:
    """Progress at every third meeting; a result tells everybody who contributed, merged and nameless ones too."""
    for number in (3, 6, 9, 12):
        life.on(life.met(number).date)
        assert life.house.store.read(progress.due, life.workshop) == number
        assert "Voortgang is aan de beurt." in life.page("/voortgang")
        assert pages(life.printed(life.post("/voortgang/printen"))) == 1
        assert life.house.store.read(progress.due, life.workshop) == 0
    found = {one.code: one for one in life.house.store.read(progress.of, life.workshop).measures}
    assert found["trials"].values == {"begun": 2, "learned": 2}
    assert found["zone"].values["learning"] == 6
    story = {"in.titel": "De leunbank", "in.verhaal": "Er staat nu een bank met een leuning.", "ideeen": str(joined.nr)}
    life.post("/resultaten", **story, voor="everyone")
    (result,) = life.house.store.read(results.of_workshop, life.id)
    where = f"/resultaten/{result.id}/publiceren"
    told = {name: life.hidden(where, name) for name in ("gezien",)}
    life.post(where, **told, **{"in.reden": "Dit is ervan gekomen: de leunbank.", "in.vervolg": ""})
    parts = [row["idea_id"] for row in life.house.store.read(lambda tx: tx.endings.parts(id=joined.id))]
    assert len(parts) == 2
    for key in parts:
        assert "de leunbank" in life.house.store.read(answers.of_idea, life.idea(key))[0].decision.reason
    poster = printing.printed(life.house, life.workshop, {"document": "result", "result": result.id})[0].pdf
    assert "De leunbank" in side(poster, 0)


def ends(life: Life, story: Idea) -> None:
    """Everything along in one zip, the doors closed, names erased from every file; what everyone may read stays."""
    life.on("2028-06-20")
    assert NAME.encode() in piles.every_word(life.house)
    assert "naam bij een idee" in life.page("/afronden") or "namen bij ideeën" in life.page("/afronden")
    life.works_on()
    life.post("/sluiten")
    assert life.printed(life.post("/afronden/meenemen"))[:2] == b"PK"
    life.post("/afronden/wissen", 400, naam="Een andere werkplaats", opgehaald="1")
    life.post("/afronden/wissen", naam=life.workshop.name, opgehaald="1")
    ending.erase_asked(life.house)
    assert life.house.store.read(endings.of, life.id).erased_at
    left = piles.every_word(life.house)
    for gone in (NAME, SECRET, WAS):
        assert gone.encode() not in left, gone
    assert STORY.encode() in left
    there = {one.words for one in life.house.store.read(curating.stream, life.id, curating.Filter())}
    assert "Samen eten op dinsdag." in there
    assert life.house.store.read(ideas.by_receipt, story.receipt)
    assert "Deze werkplaats is afgerond." in life.page("/afronden")
    assert pages(life.printed(life.post("/afronden/printen"))) == 1
    assert life.house.store.read(slips.of_workshop, life.id)
    assert "De leunbank" in life.page("/resultaten")
