"""Signing in and out. A sign-in lives on the server, so signing out really ends it."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop import ids, web
from workshop.desk import saying
from workshop.desk.guard import after_sign_in, cookie_name, desk, let_in, secret_here
from workshop.domain import facilitators
from workshop.domain.facilitators import Facilitator
from workshop.errors import Refused
from workshop.house import house, read, write

KNOWN = "-bekend"


@desk.route("/aanmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for a name and passphrase."""
    if request.method != "POST":
        return render_template("desk/sign_in.html", name="")
    name = request.form.get("naam", "")
    try:
        check_in(name, request.form.get("wachtzin", ""))
    except Refused as error:
        code = 429 if error.code == "sign_in_wait" else 403
        return render_template("desk/sign_in.html", name=name, problem=saying.refused(error)), code
    return redirect(after_sign_in(), 303)


@desk.post("/afmelden")
def sign_out() -> ResponseReturnValue:
    """End this sign-in.

    Only pages are cleared from the browser: its storage may hold an idea that waits for a connection.
    """
    write(facilitators.sign_out, secret_here())
    web.set_cookie(cookie_name(), "", 0)
    answer = make_response(redirect(url_for("desk.sign_in"), 303))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def check_in(name: str, passphrase: str) -> Facilitator:
    """Check a passphrase and sign this browser in. Raises `Refused` as `facilitators.sign_in` does."""
    mark = request.cookies.get(cookie_name(KNOWN), "")
    known = bool(mark) and read(facilitators.knows, mark, name)
    device = ids.digest(mark)[:40] if known else web.device()
    who, secret = facilitators.sign_in(house().store, name, passphrase, device, known)
    welcome(who, secret)
    return who


def welcome(who: Facilitator, secret: str) -> None:
    """Give this browser its sign-in, a fresh one each time, and remember whose browser it is."""
    if secret_here():
        write(facilitators.sign_out, secret_here())
    let_in(secret)
    web.set_cookie(cookie_name(KNOWN), write(facilitators.remember, who.id), web.YEAR)
