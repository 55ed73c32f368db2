"""Photos coming in from a form, and going out only to who may see their idea."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.datastructures import FileStorage

from workshop import giving, ids, web
from workshop.apart import Overdone
from workshop.domain import comments, doors, ideas
from workshop.domain.ideas import MOST_PICTURES, Picture
from workshop.errors import FilesAway, Refused, StoreFull
from workshop.house import house, read
from workshop.pictures import MOST_BYTES, clean
from workshop.public import finding
from workshop.public.visitor import keys, public
from workshop.store import Tx


def received() -> tuple[list[Picture], str]:
    """Return the pictures of this form, all safely stored, and what was wrong ('' or a code) with another one."""
    gone, wrong = request.form.getlist("weg"), ""
    pictures = [_of_ticket(said) for said in request.form.getlist("bewaard") if said not in gone]
    found = {picture.file: picture for picture in pictures if picture}
    try:
        found = {file: picture for file, picture in found.items() if _again(file)}
    except FilesAway:
        wrong = "photo_away"
    for upload in request.files.getlist("foto"):
        if not upload.filename:
            continue
        if len(found) >= MOST_PICTURES:
            return list(found.values()), wrong or "photo_many"
        try:
            picture = _kept(upload)
        except Refused as refused:
            wrong = refused.code
        except Overdone:
            wrong = "photo_odd"
        except FilesAway:
            wrong = "photo_away"
        except StoreFull:
            wrong = "full"
        else:
            found[picture.file] = picture
    return list(found.values())[:MOST_PICTURES], wrong


def ticket(picture: Picture) -> str:
    """Return what the form carries of a stored picture: only the phone that sent it can hand it in again."""
    plain = f"{picture.file}:{picture.width}:{picture.height}"
    return f"{plain}:{_sealed(plain)}"


@public.get("/foto/<picture_id>")
def picture(picture_id: str) -> Response:
    """Give a picture to somebody who may see its idea; for everybody else it is not there."""
    found = read(_for_visitor, picture_id, keys())
    return given(found)


@public.get("/bewijs/<receipt>/foto/<picture_id>")
def own_picture(receipt: str, picture_id: str) -> Response:
    """Give a picture to whoever holds the receipt of its idea."""
    plain = ids.receipt_typed(receipt)
    found = finding.by_receipt(plain) if plain else None
    mine = {picture.id: picture for picture in found[0].pictures} if found else {}
    return given(mine.get(picture_id))


def _kept(upload: FileStorage) -> Picture:
    data = upload.stream.read(MOST_BYTES + 1)
    cleaned = house().photos.run(clean, data)
    return Picture(ids.new(), house().keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)


def _of_ticket(said: str) -> Picture | None:
    plain, _, seal = said.rpartition(":")
    if not ids.same(seal, _sealed(plain)):
        return None
    file, width, height = plain.split(":")
    return Picture(ids.new(), file, int(width), int(height))


def _again(file: str) -> bool:
    """Say whether a picture is still there, and have it be as young as a new one: it is not swept away now."""
    files = house().files
    try:
        return files.keep(files.read(file), "jpg", reserve=False) == file
    except Refused:
        return False
    except FilesAway:
        raise
    except StoreFull:
        return True


def _sealed(plain: str) -> str:
    return ids.digest(f"{web.device()}:{plain}")


def _for_visitor(tx: Tx, picture_id: str, scanned: list[str]) -> Picture | None:
    groups = doors.group_of(tx, scanned)
    return ideas.picture_for(tx, picture_id, groups) or comments.picture_for(tx, picture_id, groups)


def given(found: Picture | None) -> Response:
    """Return a picture as nothing else than a picture, or say that it is not there."""
    try:
        return giving.picture(found.file) if found else abort(404)
    except Refused:
        abort(404)
