"""What every page shares: language, who may send, safe headers, cookies, error pages.

Small on purpose: strangers reach all of it. The language of the page is the visitor's own choice and has
nothing to do with the language of a card.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations
from flask import Flask, Response, abort, g, render_template, request
from flask_babel import Babel, Domain, get_locale, gettext
from werkzeug.exceptions import HTTPException

from workshop import ids, packing
from workshop.domain import workshops
from workshop.errors import FilesAway, StoreAway, StoreFull
from workshop.house import house

LANGUAGES = ("nl", "en")
_STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def install(app: Flask) -> None:
    """Give the application languages, guards, headers and error pages."""
    Babel(app, default_locale="nl", locale_selector=_language).domain_instance = _Texts()
    app.before_request(_only_our_hosts)
    app.before_request(_only_our_pages_send)
    app.before_request(_remember_language)
    app.after_request(packing.pack)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _sorry)
    app.register_error_handler(StoreFull, _full)
    app.context_processor(lambda: {"language": language(), "other_language": "en" if language() == "nl" else "nl"})


def language() -> str:
    """Return the language of this page: `nl` or `en`."""
    return str(get_locale() or "nl")[:2]


class _Texts(Domain):  # type: ignore[misc]
    """Our texts. A page asks for fifty, and Flask-Babel would look around each time."""

    def get_translations(self) -> NullTranslations:
        """Return those of the language of this page."""
        return _texts(language())


@cache
def _texts(language: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent / "translations", [language])


def device() -> str:
    """Return this phone's or browser's own random mark; it names nobody, and lasts a year."""
    if not hasattr(g, "device"):
        g.device = request.cookies.get("toestel", "")
        if not (20 <= len(g.device) <= 60 and g.device.replace("-", "").replace("_", "").isalnum()):
            g.device = ids.token()
            set_cookie("toestel", g.device, YEAR)
    return str(g.device)


def set_cookie(name: str, value: str, seconds: int | None, *, strict: bool = False) -> None:
    """Set a cookie on the answer to this request: never readable by scripts, never for other sites.

    `seconds` None lasts until the browser closes; 0 removes the cookie.
    """
    if not hasattr(g, "cookies"):
        g.cookies = []
    g.cookies.append((name, value, seconds, "Strict" if strict else "Lax"))


def _language() -> str:
    chosen = request.args.get("taal") or request.cookies.get("taal") or g.get("workshop_language", "nl")
    return chosen if chosen in LANGUAGES else "nl"


def _remember_language() -> None:
    if request.args.get("taal") in LANGUAGES:
        set_cookie("taal", request.args["taal"], YEAR)


def _only_our_hosts() -> None:
    """Answer only to names we print or that mean this machine: a made-up Host never reaches a page or QR."""
    if request.blueprint == "health":  # a probe asks by the address of the machine; nothing there repeats it
        return
    name = request.host.lower()
    known = {urlsplit(house().settings.base).netloc.lower(), "localhost", "127.0.0.1", "[::1]"}
    if name in known or name.rsplit(":", 1)[0] in {"localhost", "127.0.0.1", "[::1]"}:
        return
    if name not in house().store.read(workshops.hosts):
        abort(400, gettext("Dit adres kennen we niet."))


def _only_our_pages_send() -> None:
    """Refuse what another site makes a browser send. Old phones that say nothing may still share an idea."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if site is not None:
        fine = site in ("same-origin", "none")
    elif source is not None:
        fine = source.partition("://")[2].partition("/")[0].lower() == request.host.lower()
    else:
        fine = request.blueprint == "public"
    if not fine:
        abort(403, gettext("Dit kwam van een andere website. Er is niets veranderd."))


def _headers(response: Response) -> Response:
    for name, value, seconds, site in g.get("cookies", ()):
        if seconds == 0:
            response.delete_cookie(name, path="/", secure=request.is_secure, httponly=True, samesite=site)
        else:
            response.set_cookie(
                name, value, max_age=seconds, path="/", secure=request.is_secure, httponly=True, samesite=site
            )
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "geolocation=(), microphone=(), browsing-topics=()"
    if request.endpoint == "static" and _same_version():
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    elif "Cache-Control" not in response.headers or request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Vary", "Cookie")
    return response


def static(name: str) -> str:
    """Return the address of a static file that changes when the file does, so browsers may keep it for ever."""
    return f"{request.script_root}/static/{name}?v={_mark(name)}"


def _same_version() -> bool:
    """Say whether the file asked for is the one its address speaks of.

    While versions change, a page of the new one may come from one process and its style from another with the old.
    """
    path = _STATIC / str((request.view_args or {}).get("filename"))
    return path.is_file() and request.args.get("v") == _mark(path.relative_to(_STATIC).as_posix())


@cache  # of what is installed with this code: the same in every process of one version
def _mark(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:10]


def _sorry(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    said = error.description if code in (400, 403) else None
    return render_template("sorry.html", code=code, said=said), code


def _full(error: StoreFull) -> tuple[str, int]:
    """Say that nothing could be stored; or only that a picture cannot be shown now."""
    away = isinstance(error, StoreAway) or (isinstance(error, FilesAway) and request.method in ("GET", "HEAD"))
    code = 503 if away else 507
    return render_template("sorry.html", code=code, said=None), code
