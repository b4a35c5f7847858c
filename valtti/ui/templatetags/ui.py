"""The tags every room's templates use: signs, times, fields, links that swap a part, panels, menus, the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from valtti.core import clock
from valtti.ui import board as boards
from valtti.ui import forms, http, hx, links, panels, signs, times
from valtti.ui.charts import gauge as gauges
from valtti.ui.charts import spark as sparks
from valtti.ui.spoken import spoken
from valtti.ui.tongues import Tongue

register = template.Library()
register.simple_tag(signs.icon, name="icon")
register.simple_tag(signs.disc, name="disc")
register.simple_tag(signs.state, name="state")
register.simple_tag(signs.sign, name="sign")

type Moment = datetime | date
type Share = float | None

_WHEN: dict[str, Callable[[Any, datetime, Tongue], str]] = {
    "full": times.full,
    "short": times.short,
    "clock": times.clock,
    "time": times.time,
    "day": times.day,
    "brief": times.brief,
    "tight": times.tight,
}


@register.simple_tag
def mark(css: str = "") -> SafeString:
    """The house's card with its four drops."""
    return signs.sign("mark", f"mark {css}".strip())


@register.simple_tag
def pips(level: int) -> SafeString:
    """The level reached on the ladder, 0 to 4."""
    return signs.sign(f"pips-{level}", "pips", gettext("level %(level)s of 4") % {"level": level})


@register.simple_tag
def kept(count: int, total: int) -> SafeString:
    """A row of discs: promises kept of all."""
    return signs.discs(count, total, gettext("%(count)s of %(total)s kept") % {"count": count, "total": total})


@register.simple_tag(takes_context=True)
def who(context: Context, person: Any, size: str = "") -> SafeString:
    """A colleague as a small card with an initial; the reader's own is filled."""
    mine = person is not None and person == getattr(context.get("request"), "user", None)
    css = " ".join(part for part in ("who", "me" if mine else "", size) if part)
    name = str(getattr(person, "first_name", "") or person or "?")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, name[:1].upper())


@register.simple_tag
def when(at: Moment | None, style: str = "full") -> SafeString | str:
    """A moment in words: full, short, clock, time, day, brief or tight. Nothing for None."""
    if at is None:
        return ""
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    exact = local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()
    return format_html('<time datetime="{}">{}</time>', exact, _WHEN[style](local, _now(), spoken()))


@register.filter
def hour(at: datetime) -> str:
    """The time of day as plain text: 9:12, 9.12."""
    return times.time(timezone.localtime(at), _now(), spoken())


@register.simple_tag
def left(at: datetime | None, style: str = "cell") -> str:
    """What is left until then, or how late it is: for a cell, or in words for the board."""
    if at is None:
        return ""
    write = times.left_in_words if style == "words" else times.left
    return write(timezone.localtime(at), _now(), spoken())


@register.simple_tag(takes_context=True)
def hx_form(context: Context, url: str, target: str, method: str = "post") -> SafeString:
    """Attributes of a form that swaps `target`: {% hx_form url "#state" %}."""
    return hx.form(url, target, context.get("csp_nonce", ""), method=method)


@register.simple_tag(takes_context=True)
def hx_link(context: Context, url: str, target: str, push: bool = True) -> SafeString:
    """Attributes of a link that swaps `target`: {% hx_link url "#list" %}."""
    return hx.link(url, target, context.get("csp_nonce", ""), push=push)


@register.simple_tag(takes_context=True)
def hx_beat(context: Context, url: str, target: str) -> SafeString:
    """Attributes of a form that gives a sign of life every 15 seconds: {% hx_beat url "#others" %}."""
    return hx.beat(url, target, context.get("csp_nonce", ""))


@register.simple_tag(takes_context=True)
def hx_again(context: Context, url: str, target: str) -> SafeString:
    """Attributes of a place that waits for work under way: {% hx_again url "#check" %}."""
    return hx.again(url, target, context.get("csp_nonce", ""))


@register.simple_tag(takes_context=True)
def hx_beside(context: Context, swap: str = "innerMorph") -> SafeString | str:
    """The attribute of an element that comes along beside a part and is drawn again with it: {% hx_beside %}."""
    request = context.get("request")
    return hx.beside(swap) if request is not None and http.wants_part(request) else ""


@register.simple_tag(takes_context=True)
def hx_look(context: Context, url: str, target: str) -> SafeString:
    """Attributes of a field that asks what is known of its value: {% hx_look url "#caller" %}."""
    return hx.look(url, target, context.get("csp_nonce", ""))


@register.simple_tag
def key(press: str) -> SafeString:
    """Let a key press this link or button: {% key "c" %}, {% key "g q" %}."""
    return format_html('data-key="{0}" aria-keyshortcuts="{0}"', press)


@register.simple_tag
def kbd(press: str) -> SafeString:
    """The key printed beside its button."""
    return format_html('<kbd aria-hidden="true">{}</kbd>', press)


@register.inclusion_tag("ui/parts.html#panels", takes_context=True, name="panels")
def panels_of(context: Context, page: str, *args: Any) -> dict[str, Any]:
    """The places of higher rooms on this page: {% panels "customers:customer" customer.pk %}."""
    user = context["request"].user
    mine = [panel for panel in panels.hung(page) if links.has(panel.right, user)]
    nonce = context.get("csp_nonce", "")
    places = [(panel, reverse(panel.url_name, args=args)) for panel in mine]
    return {"panels": [(panel, url, hx.load(url, f"#{panel.part}", nonce)) for panel, url in places]}


@register.inclusion_tag("ui/parts.html#menu", takes_context=True)
def menu(context: Context, slot: str, *args: Any) -> dict[str, Any]:
    """The links higher rooms hung on a slot: {% menu "customer" customer.pk %}."""
    return {"links": links.drawn(slot, context["request"], *args)}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """One field of a form with label, hint and error: {% field form.due_at %}."""
    return {"field": bound, "label": label or bound.label}


@register.filter
def kind(bound: BoundField) -> str:
    """How a field is laid out."""
    return forms.kind(bound)


@register.filter
def control(bound: BoundField) -> Any:
    """The control of a field, dressed."""
    return forms.widget(bound)


@register.simple_block_tag
def board(content: str, promise: boards.Board) -> str:
    """The promise, with its buttons between the tags: {% board board %} … {% endboard %}."""
    due_at, promised_at, now = map(timezone.localtime, (promise.due_at, promise.promised_at, promise.now))
    local = replace(promise, due_at=due_at, promised_at=promised_at, now=now)
    return render_to_string("ui/parts.html#board", {"board": local, "acts": content})


@register.inclusion_tag("ui/parts.html#gauge")
def gauge(value: Share, low: Share = None, high: Share = None, aim: Share = None) -> dict[str, Any]:
    """A share with its interval and the tick of its line or goal, all between 0 and 1."""
    return {"gauge": gauges.gauge(value, low, high, aim)}


@register.inclusion_tag("ui/parts.html#spark")
def spark(values: list[float | None]) -> dict[str, Any]:
    """A row of values over time; None is a gap."""
    return {"spark": sparks.spark(values)}


def _now() -> datetime:
    return timezone.localtime(clock.now())
