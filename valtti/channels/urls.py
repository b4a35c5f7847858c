"""Addresses of the room `channels`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from valtti.channels.views import mailboxes, outgoing, quarantine

app_name = "channels"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("mailboxes/new/", mailboxes.new_mailbox, name="new_mailbox"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/settings/", mailboxes.settings, name="mailbox_settings"),
    path("mailboxes/<int:pk>/check/", mailboxes.check, name="check"),
    path("mailboxes/<int:pk>/checks/", mailboxes.checks, name="checks"),
    path("mailboxes/<int:pk>/trials/", mailboxes.trials, name="trials"),
    path("mailboxes/<int:pk>/whole/<int:item>/", mailboxes.whole, name="whole"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<int:pk>/", quarantine.item, name="quarantine_item"),
    path("quarantine/<int:pk>/case/", quarantine.case, name="quarantine_case"),
    path("quarantine/<int:pk>/note/", quarantine.note, name="quarantine_note"),
    path("quarantine/<int:pk>/refusal/", quarantine.refusal, name="quarantine_refusal"),
    path("quarantine/<int:pk>/reading/", quarantine.reading, name="quarantine_reading"),
    path("blocks/<int:pk>/lifting/", quarantine.lifting, name="lifting"),
    path("raw/<int:pk>/", quarantine.raw, name="raw"),
    path("raw/<int:pk>/letter.eml", quarantine.raw_bytes, name="raw_bytes"),
    path("outbox/", outgoing.outbox, name="outbox"),
    path("outbox/<int:pk>/trying/", outgoing.trying, name="trying"),
    path("outbox/<int:pk>/stopping/", outgoing.stopping, name="stopping"),
    path("outbox/<int:pk>/address/", outgoing.address, name="address"),
    path("tray/", outgoing.tray, name="tray"),
    path("tray/write/", outgoing.write, name="write"),
    path("tray/written/<int:pk>/", outgoing.written, name="written"),
    path("tray/<int:pk>/", outgoing.tray_letter, name="tray_letter"),
    path("tray/<int:pk>/html/", outgoing.tray_html, name="tray_html"),
]
