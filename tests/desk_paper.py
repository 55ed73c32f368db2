"""Bringing paper to the desk and pressing its buttons, for tests of several pages."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from workshop import tasks
from workshop.domain import curating, stacks
from workshop.domain.ideas import Idea
from workshop.domain.stacks import Page, Stack
from workshop.domain.workshops import Workshop
from workshop.house import House


def sent(client: FlaskClient, workshop: Workshop, *files: tuple[bytes, str], **more: object) -> TestResponse:
    """Send files from the page of paper."""
    data = {"bestanden": [(io.BytesIO(data), name) for data, name in files]}
    return client.post(f"/bureau/{workshop.id}/papier", data=data, content_type="multipart/form-data", **more)


def read_all(house: House, workshop: Workshop) -> Stack:
    """Do the background work and return the newest stack."""
    for one in house.store.read(stacks.undone):
        tasks.read_stack(house, one)
    return house.store.read(stacks.of_workshop, workshop.id)[0]


def page_of(client: FlaskClient, workshop: Workshop, path: str = "") -> str:
    answer = client.get(f"/bureau/{workshop.id}/papier{path}")
    assert answer.status_code == 200, answer.status
    return re.sub(r"\s+", " ", answer.text)


def do(client: FlaskClient, workshop: Workshop, page: Page, deed: str, **form: str) -> TestResponse:
    """Press a button on the page of one page."""
    return client.post(f"/bureau/{workshop.id}/papier/bladzijde/{page.id}/{deed}", data=form)


def on_paper(house: House, workshop: Workshop) -> dict[str, Idea]:
    found = house.store.read(curating.stream, workshop.id, curating.Filter(channel="paper"))
    return {idea.slip: idea for idea in found if idea.slip}


def photo(picture: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    (picture or Image.new("RGB", (600, 800), "#eee")).save(out, "JPEG", dpi=(72, 72))
    return out.getvalue()
