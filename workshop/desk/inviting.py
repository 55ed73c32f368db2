"""Links that work once: to sign in without a passphrase, or to join a workshop.

Looking at a link uses nothing: mail programs and chats look too. Only the button does.
"""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from print import marks
from workshop.desk import saying
from workshop.desk.guard import desk, here, me
from workshop.desk.signing import check_in, welcome
from workshop.domain import facilitators
from workshop.domain.facilitators import Facilitator, Invitation
from workshop.domain.workshops import Role
from workshop.errors import Refused
from workshop.house import house, read, write
from workshop.store import Tx

INVITED: dict[str, Role] = {"facilitator": "facilitator", "helper": "helper", "observer": "observer"}


@desk.route("/link/<secret>", methods=["GET", "POST"])
def link(secret: str) -> ResponseReturnValue:
    """Show what a link is for; use it when the button is pressed."""
    found = read(facilitators.invitation, secret)
    if found is None:
        return render_template("desk/link_gone.html"), 410
    if g.me and found.organisation_id and found.organisation_id != g.me.organisation_id:
        return render_template("desk/link_elsewhere.html"), 403
    if request.method != "POST":
        return render_template("desk/link.html", found=found, name="")
    try:
        return _use(secret, found)
    except Refused as error:
        if error.code == "link_used":
            return render_template("desk/link_gone.html"), 410
        if error.code == "link_elsewhere":
            return render_template("desk/link_elsewhere.html"), 403
        name = request.form.get("naam", "")
        how = request.form.get("hoe", "")
        return render_template("desk/link.html", found=found, name=name, how=how, problem=saying.refused(error)), 400


@desk.post("/<workshop_id>/uitnodigen")
def invite(workshop_id: str) -> ResponseReturnValue:
    """Make a link for one person and show it this once."""
    role = INVITED.get(request.form.get("rol", "")) or abort(400)
    secret = write(facilitators.invite, here().id, role, me().id)
    address = (house().settings.base or here().address) + url_for("desk.link", secret=secret)
    return render_template("desk/invited.html", address=address, role=role, symbol=marks.symbol(address))


def _use(secret: str, found: Invitation) -> ResponseReturnValue:
    if found.facilitator_id:
        who, sign_in_secret = write(_sign_in_by_link, secret, found.facilitator_id)
        welcome(who, sign_in_secret)
        return redirect(url_for("desk.mine" if who.has_passphrase else "desk.account"), 303)
    how = request.form.get("hoe")
    if how == "nieuw":
        who, sign_in_secret = write(
            _join_as_new, secret, request.form.get("naam", ""), request.form.get("wachtzin", "")
        )
        welcome(who, sign_in_secret)
    else:
        known = g.me if how == "zelf" else None
        who = known or check_in(request.form.get("naam", ""), request.form.get("wachtzin", ""))
        write(facilitators.use, secret, who.id)
    first = "desk.paper_page" if found.role == "helper" else "desk.home"
    return redirect(url_for(first, workshop_id=found.workshop_id), 303)


def _sign_in_by_link(tx: Tx, secret: str, facilitator_id: str) -> tuple[Facilitator, str]:
    facilitators.use(tx, secret, facilitator_id)
    who = facilitators.find(tx, facilitator_id)
    if who is None:
        raise Refused("link_used")
    return who, facilitators.begin(tx, who.id)


def _join_as_new(tx: Tx, secret: str, name: str, passphrase: str) -> tuple[Facilitator, str]:
    if not passphrase:
        raise Refused("passphrase_short")
    found = facilitators.invitation(tx, secret)
    if found is None:
        raise Refused("link_used")
    who = facilitators.make(tx, name, passphrase, found.organisation_id or "")
    facilitators.use(tx, secret, who.id)
    return who, facilitators.begin(tx, who.id)
