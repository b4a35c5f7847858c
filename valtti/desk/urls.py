"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from valtti.desk.views import (
    availability,
    case,
    deeds,
    files,
    opening,
    promises,
    queue,
    restrictions,
    steering,
    trays,
    writing,
)

app_name = "desk"
urlpatterns = [
    path("cases/", queue.queue, name="queue"),
    path("cases/next/", queue.next_one, name="next"),
    path("cases/new/", opening.new_case, name="new"),
    path("cases/new/caller/", opening.caller, name="caller"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/replies/", writing.replies, name="replies"),
    path("cases/<int:pk>/notes/", writing.notes, name="notes"),
    path("cases/<int:pk>/draft/", writing.draft, name="draft"),
    path("cases/<int:pk>/draft/discarding/", writing.discarding, name="discarding"),
    path("cases/<int:pk>/calls/", writing.calls, name="calls"),
    path("messages/<int:pk>/undoing/", writing.undoing, name="undoing"),
    path("cases/<int:pk>/closure/", deeds.closure, name="closure"),
    path("cases/<int:pk>/reopening/", deeds.reopening, name="reopening"),
    path("cases/<int:pk>/assignment/", deeds.assignment, name="assignment"),
    path("cases/<int:pk>/restriction/", restrictions.restriction, name="restriction"),
    path("cases/<int:pk>/restriction/lifting/", restrictions.lifting, name="lifting"),
    path("cases/<int:pk>/topic/", deeds.topic, name="topic"),
    path("cases/<int:pk>/customer/", deeds.customer, name="customer"),
    path("cases/<int:pk>/tags/", deeds.tags, name="tags"),
    path("cases/<int:pk>/team/", steering.team, name="team"),
    path("cases/<int:pk>/heading/", steering.heading, name="heading"),
    path("cases/<int:pk>/waiting/", steering.waiting, name="waiting"),
    path("cases/<int:pk>/waiting/ending/", steering.resuming, name="resuming"),
    path("cases/<int:pk>/suggestions/<int:link>/decision/", steering.suggestion, name="suggestion"),
    path("cases/<int:pk>/presence/", deeds.presence, name="presence"),
    path("customers/<int:pk>/cases/", case.customer_panel, name="customer_panel"),
    path("customers/<int:pk>/cases/new/", opening.new_case, name="new_for"),
    path("availability/", availability.availability, name="availability"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<int:pk>/keeping/", promises.keeping, name="keeping"),
    path("promises/<int:pk>/moving/", promises.moving, name="moving"),
    path("promises/<int:pk>/withdrawal/", promises.withdrawal, name="withdrawal"),
    path("promises/<int:pk>/giving-up/", promises.giving_up, name="giving_up"),
    path("senders/", trays.senders, name="senders"),
    path("senders/<int:pk>/decision/", trays.decision, name="decision"),
    path("thanks/", trays.thanks, name="thanks"),
    path("thanks/<int:pk>/decision/", trays.thanks_decision, name="thanks_decision"),
    path("messages/<int:pk>/letter/", files.letter, name="letter"),
    path("files/<str:download_id>/", files.download, name="download"),
]
