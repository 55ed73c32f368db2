"""Taking ideas along: nothing a maker typed becomes a formula, and no name goes along unasked."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.desk_people import Share, anna, share, someone
from workshop import exports
from workshop.domain import answers, curating, decisions, ideas, joining, support, themes, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["anna", "share", "someone"]
STARTS = "=+-@\t\r\n＝＋－＠|%"


def table(client: FlaskClient, workshop: Workshop, kind: str) -> list[dict[str, str]]:
    """Download the ideas and read them back as rows."""
    answer = client.get(f"/bureau/{workshop.id}/ideeen.{kind}")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="ideeen-werkplaats-de-linde-20')
    if kind == "json":
        rows: list[dict[str, str]] = json.loads(answer.data)
        return rows
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    cells = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    return [
        dict(zip(map(str, cells[0]), ("" if cell is None else str(cell) for cell in row), strict=True))
        for row in cells[1:]
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_kind_of_table_holds_every_idea(anna: FlaskClient, workshop: Workshop, share: Share, kind: str) -> None:
    share("Een bankje.", "everyone_named", maker="Mevrouw De Wit")
    share("Een lamp.\nBij de brug.", "everyone", maker="Meneer Bakker")
    rows = table(anna, workshop, kind)
    assert [row["words"] for row in rows] == ["Een bankje.", "Een lamp.\nBij de brug."]
    assert [row["name"] for row in rows] == ["Mevrouw De Wit", ""]
    assert {row["card_title"] for row in rows} == {"Een dag uit mijn leven"}


def test_what_its_maker_took_away_is_in_no_table(
    anna: FlaskClient, workshop: Workshop, share: Share, house: House
) -> None:
    house.store.write(ideas.withdraw, share("Weg ermee."))
    assert table(anna, workshop, "csv") == []


def test_formulas_come_out_as_text(anna: FlaskClient, workshop: Workshop, share: Share) -> None:
    for place, sign in enumerate(sign for sign in STARTS if not sign.isspace()):
        share(f"{sign}cmd|' /C calc'!A{place}", "everyone_named", maker=f"{sign}1+1")
    for row in table(anna, workshop, "csv"):
        assert row["words"].startswith("'")
        assert row["name"].startswith("'")
    sheet = load_workbook(io.BytesIO(anna.get(f"/bureau/{workshop.id}/ideeen.xlsx").data)).active
    assert sheet is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(STARTS + "\"';,\0 "), st.characters(exclude_categories=["Cs"])), max_size=40
    )
)
def test_no_text_at_all_is_a_formula_after_it_was_made_safe(text: str) -> None:
    made = exports.safe(text)
    assert not made.startswith(tuple(STARTS))
    assert made.endswith(text.replace("\0", ""))
    row = dict.fromkeys(exports.COLUMNS, text)
    back = next(csv.DictReader(io.StringIO(exports.write("csv", [row]).decode("utf-8-sig"), newline="")))
    assert set(back.values()) == {made}


def test_where_an_idea_belongs_and_what_became_of_it_goes_along(
    anna: FlaskClient, workshop: Workshop, share: Share, house: House, facilitator: Facilitator
) -> None:
    bench, seat, lamp = share("Een bankje."), share("Een zitje."), share("Een lamp.")
    added = share("Met een leuning.", about_id=bench.id)
    write = house.store.write
    theme = write(themes.make, workshop.id, "Buiten")
    write(themes.put, lamp, theme.id, facilitator.id)
    joined = write(joining.join, workshop.id, [bench.id, seat.id], "Ergens zitten.", facilitator.id)
    plan = decisions.Plan("make", "Veel mensen willen dit.", "We bellen de gemeente.", "2027-02-22")
    write(decisions.prepare, joined, plan, facilitator.id)
    before = {row["nr"]: row for row in table(anna, workshop, "json")}
    assert before[str(bench.nr)]["decision"] == "", "what is only prepared goes nowhere"
    write(_publish, workshop.id, joined.id, facilitator.id)
    rows = {row["nr"]: row for row in table(anna, workshop, "json")}
    assert rows[str(lamp.nr)]["theme"] == "Buiten"
    assert rows[str(bench.nr)]["joined_into"] == rows[str(seat.nr)]["joined_into"] == str(joined.nr)
    assert rows[str(joined.nr)]["words"] == "Ergens zitten."
    assert rows[str(added.nr)]["about"] == str(bench.nr)
    assert (rows[str(bench.nr)]["decision"], rows[str(bench.nr)]["answered"]) == ("make", "yes")
    assert rows[str(bench.nr)]["decision_reason"] == "Veel mensen willen dit."
    assert (rows[str(bench.nr)]["next_step"], rows[str(bench.nr)]["by_when"]) == (
        "We bellen de gemeente.",
        "2027-02-22",
    )
    assert (rows[str(lamp.nr)]["decision"], rows[str(lamp.nr)]["answered"]) == ("", "no")


def _publish(tx: Tx, workshop_id: str, idea_id: str, who: str) -> None:
    with curating.as_one(tx):
        answers.publish(tx, workshop_id, [idea_id], who)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_support_goes_along_only_once_it_is_shown(
    anna: FlaskClient, workshop: Workshop, share: Share, house: House, kind: str
) -> None:
    idea = share()
    for phone in range(7):
        house.store.write(support.recognise, idea, f"device:{phone}", on=True)
    assert [row["support"] for row in table(anna, workshop, kind)] == [""]
    house.store.write(workshops.show_support, workshop.id, True)
    assert [row["support"] for row in table(anna, workshop, kind)] == ["7"]
