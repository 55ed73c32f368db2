"""Somebody's own page: the passphrase."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.desk import saying
from workshop.desk.guard import desk, let_in, me
from workshop.desk.signing import check_in
from workshop.domain import facilitators
from workshop.errors import Refused
from workshop.house import write
from workshop.store import Tx


@desk.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Let somebody choose a passphrase; a new one ends every other sign-in of theirs."""
    if request.method != "POST":
        return render_template("desk/account.html", done="gedaan" in request.args)
    try:
        if me().has_passphrase:
            _check_now(request.form.get("nu", ""))
        let_in(write(_renew, me().id, request.form.get("wachtzin", "")))
    except Refused as error:
        return render_template("desk/account.html", problem=saying.refused(error), code=error.code), 400
    return redirect(url_for("desk.account", gedaan=1), 303)


def _check_now(passphrase: str) -> None:
    try:
        check_in(me().name, passphrase)
    except Refused as error:
        raise Refused("passphrase_wrong") if error.code == "sign_in_wrong" else error from None


def _renew(tx: Tx, facilitator_id: str, passphrase: str) -> str:
    facilitators.set_passphrase(tx, facilitator_id, passphrase)
    return facilitators.begin(tx, facilitator_id)
