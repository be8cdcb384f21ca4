"""Signing in by an emailed link, and out.

A link's page has a button, and only the button signs in: mail scanners open links, but press
nothing. The page names the account, so that nobody is signed in as somebody else without noticing.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth, service
from finder.accounts.forms import SignInForm
from finder.accounts.rules import local_path
from finder.domain.refused import NoSuchLink
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import (
    db,
    network_mark,
    now,
    parts,
    secret_key,
    settings,
    today,
    wake,
)
from finder.platform.web.security import kept_private

WAIT = "Many links were asked for from where you are. Wait an hour, then try once more."

ENOUGH = (
    "We sent many links to this address within an hour, so we send no more now. Use the newest, or"
    " wait an hour. Look among the unwanted mail too."
)

bp = kept_private(Blueprint("sign_in", __name__))


@bp.get("/sign-in")
def ask() -> str | AnyResponse:
    """One box for an email address."""
    wanted = local_path(request.args.get("next", ""))
    if auth.viewer():
        return redirect(wanted or url_for("account.show"))
    return _page(SignInForm(next=wanted))


@bp.post("/sign-in")
def send() -> AnyResponse | str | tuple[str, int]:
    """Mail a link. The answer is the same for every address, known to us or not."""
    form = SignInForm()
    if not form.is_sent:
        return _page(form)
    try:
        service.ask_for_link(
            db(),
            parts().limits,
            form.email.data,
            request.remote_addr or "",
            settings().site_address,
            now(),
            form.next.data,
            network_mark(),
        )
    except service.TooManyAsked:
        return _page(form, {"send": WAIT}), 429
    except service.TooManyLinks:
        return _page(form, {"email": ENOUGH}), 429
    wake("mail")
    return redirect(url_for("sign_in.sent"), 303)


@bp.get("/sign-in/sent")
def sent() -> str:
    """What happens next."""
    return render_template("accounts/sent.html")


@bp.get("/sign-in/<token>")
def offer(token: str) -> str:
    """A page with a button. Looking at it uses nothing up."""
    link = service.find_link(db(), token, now())
    return render_template("accounts/offer.html", link=link, form=ButtonForm())


@bp.post("/sign-in/<token>")
def enter(token: str) -> str | AnyResponse:
    """The button: from now on this browser is signed in."""
    form = ButtonForm()
    if not form.is_sent:
        link = service.find_link(db(), token, now())
        return render_template("accounts/offer.html", link=link, form=form)
    sign_in = service.open_link(db(), token, today(), now(), replaces=auth.secret())
    cookie.clear()
    where = local_path(sign_in.next_path) or url_for("account.show")
    return auth.let_in(redirect(where, 303), sign_in.secret)


@bp.get("/sign-out")
def ask_to_leave() -> str:
    """A page with a button."""
    return render_template("accounts/sign_out.html", form=ButtonForm())


@bp.post("/sign-out")
def leave() -> str | AnyResponse:
    """The button: this browser is signed out."""
    form = ButtonForm()
    if not form.is_sent:
        return render_template("accounts/sign_out.html", form=form)
    service.sign_out(db(), auth.secret())
    cookie.clear()
    return auth.let_out(redirect(url_for("find.home"), 303))


@bp.route("/no-invitations/<link>", methods=["GET", "POST"])
def stop_invitations(link: str) -> str:
    """The mailed link: a page with a button, after which an address gets no more invitations."""
    form, key = ButtonForm(), secret_key()
    service.find_stop(key, link)
    if form.is_sent:
        service.stop_invitations(db(), key, link, now())
    return render_template("accounts/no_invitations.html", form=form, is_done=form.is_sent)


@bp.get("/account-deleted")
def forgotten() -> str:
    """After an account was deleted: open to all, since nobody is signed in by then."""
    return render_template("accounts/forgotten.html")


@bp.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """A link that was used, is too old, or never was: one page for all three."""
    return render_template("accounts/no_link.html"), 404


def _page(form: SignInForm, more: dict[str, str] | None = None) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        next_path=form.next_path,
        messages={**form.messages, **(more or {})},
    )
