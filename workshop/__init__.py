"""The application: what facilitators and participants reach, and the command line."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop import health, watched, web
from workshop.house import House
from workshop.settings import Settings

__version__ = "0.1.0"


def create_app(settings: Settings, house: House | None = None) -> Flask:
    """Return the web application for these settings; opens the data folder unless a house is given."""
    from workshop.desk import desk
    from workshop.public import public

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 80 * 1024 * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = 200 * 1024
    app.extensions["werkplaats"] = house or House.open(settings)
    app.jinja_env.globals["static"] = web.static
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    health.install(app)
    watched.install(app)
    web.install(app)
    app.register_blueprint(public)
    app.register_blueprint(desk, url_prefix="/bureau")
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app
