"""How Reflex builds and serves Steward."""

import reflex as rx
from reflex_base.constants import StateManagerMode
from reflex_base.plugins import Plugin

from assistant_app.settings import get_settings
from assistant_app.ui.origin_free import OriginFree
from assistant_app.ui.theme import TAILWIND

_settings = get_settings()
_plugins: list[Plugin] = [
    rx.plugins.RadixThemesPlugin(
        theme=rx.theme(accent_color="violet", gray_color="mauve", radius="large", has_background=True)
    ),
    rx.plugins.TailwindV4Plugin(config=TAILWIND),
    OriginFree(),
]

config = rx.Config(
    app_name="assistant_app",
    backend_host=_settings.host,
    frontend_port=_settings.port,
    backend_port=_settings.port,
    cors_allowed_origins=list(_settings.origins),
    deploy_url=_settings.origins[0],
    trusted_proxy_hops=_settings.trusted_proxy_hops,
    # Tabs find everything again in the database, so that nothing of theirs is written to disk.
    state_manager_mode=StateManagerMode.MEMORY,
    redis_token_expiration=12 * 3600,
    default_color_mode="system",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=_plugins,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
