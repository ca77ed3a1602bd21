"""The small pages that work without a session and without the front end: one column, one form."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; --accent: #6e56cf; --accent-hover: #654dc4; --page: #fdfcfe; --panel: #fff;
  --ink: #211f26; --quiet: #65636d; --line: #dbd8e0; --bad: #ce2c31; --bad-page: #fff0f0; }
@media (prefers-color-scheme: dark) { :root { --accent: #6e56cf; --accent-hover: #7d66d9; --page: #121113;
  --panel: #1a191b; --ink: #eeeef0; --quiet: #b5b2bc; --line: #3c393f; --bad: #ff9592; --bad-page: #3b1219; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem; background: var(--page);
  color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; background: var(--panel); border: 1px solid var(--line); border-radius: 16px;
  padding: 2rem 1.75rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: .75rem 0 .25rem; }
p { margin: 0 0 1.25rem; color: var(--quiet); }
label { display: block; font-weight: 500; margin: 1rem 0 .35rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line);
  border-radius: 10px; padding: .6rem .75rem; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.offer { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .6rem; margin-top: 1.5rem; }
.offer label { display: flex; align-items: center; gap: .6rem; margin: 0; font-weight: 400; }
.offer input { width: auto; padding: .3rem .5rem; accent-color: var(--accent); }
.offer input[type=checkbox] { width: 1.1rem; height: 1.1rem; flex: none; }
small { display: block; color: var(--quiet); margin-top: .3rem; }
button { width: 100%; margin-top: 1.5rem; font: inherit; font-weight: 600; color: #fff; background: var(--accent);
  border: 0; border-radius: 10px; padding: .7rem; cursor: pointer; }
button:hover { background: var(--accent-hover); }
[role=alert] { color: var(--bad); background: var(--bad-page); border-radius: 10px; padding: .6rem .75rem;
  margin: 1rem 0; }
"""
# Without JavaScript the field stays empty, and the zone is that of the settings.
_SCRIPT = (
    'for (const field of document.querySelectorAll("input[name=zone]"))'
    " field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;"
)


def _source(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


_POLICY = (
    f"default-src 'none'; style-src {_source(_STYLE)}; script-src {_source(_SCRIPT)}; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Field:
    """One labelled input. `autocomplete` tells password managers what it is."""

    name: str
    label: str
    autocomplete: str
    kind: str = "text"
    hint: str = ""


@dataclass(frozen=True)
class Offer:
    """Something that can be wanted as well, each day at a time: a checkbox `name`, and the field `{name}_at`."""

    name: str
    label: str
    at: str


def form_page(  # noqa: PLR0913 - a page has that many parts
    title: str,
    *,
    intro: str = "",
    action: str = "",
    fields: tuple[Field, ...] = (),
    offer: Offer | None = None,
    button: str = "",
    values: Mapping[str, str] | None = None,
    hidden: Mapping[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Return a page with a form; `values` is what was typed, passwords excepted, so that nobody types it twice."""
    kept = values or {}
    rows = "".join(_row(field, kept.get(field.name, ""), autofocus=field is fields[0]) for field in fields)
    rows += _offered(offer, kept) if offer else ""
    secret = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in (hidden or {}).items())
    form = f'<form method="post" action="{escape(action)}">{secret}{rows}<button>{escape(button)}</button></form>'
    body = (
        '<img src="/icons/steward.svg" alt="Steward" width="44" height="44">'
        f"<h1>{escape(title)}</h1>"
        + (f"<p>{escape(intro)}</p>" if intro else "")
        + (f'<div role="alert">{escape(error)}</div>' if error else "")
        + (form if fields else "")
    )
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="/icons/steward.svg">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)} · Steward</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main><script>{_SCRIPT}</script></body></html>"
    )
    return HTMLResponse(
        page, status_code=status, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    )


def _row(field: Field, value: str, *, autofocus: bool) -> str:
    name, shown = escape(field.name), "" if field.kind == "password" else escape(value)
    hint = f'<small id="{name}-hint">{escape(field.hint)}</small>' if field.hint else ""
    more = (f' aria-describedby="{name}-hint"' if hint else "") + (" autofocus" if autofocus else "")
    if field.autocomplete == "username":
        more += ' autocapitalize="none" spellcheck="false"'
    return (
        f'<label for="{name}">{escape(field.label)}</label>'
        f'<input id="{name}" name="{name}" type="{field.kind}" value="{shown}" required '
        f'autocomplete="{field.autocomplete}"{more}>{hint}'
    )


def _offered(offer: Offer, kept: Mapping[str, str]) -> str:
    name, label, at = escape(offer.name), escape(offer.label), escape(kept.get(f"{offer.name}_at") or offer.at)
    checked = " checked" if kept.get(offer.name) else ""
    return (
        f'<div class="offer"><label><input type="checkbox" name="{name}" value="yes"{checked}>{label}</label>'
        f'<input type="time" name="{name}_at" value="{at}" aria-label="{label}"></div>'
    )
