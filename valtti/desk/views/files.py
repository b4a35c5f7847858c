"""Letters as they look, and files: seen with their message, never run, never shown from our own pages."""

from __future__ import annotations

import base64
import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from valtti.core import files
from valtti.core.caps import LETTER_PICTURES_BYTES
from valtti.desk.models import Message, MessageFile
from valtti.desk.views.access import reader, seen_message

LETTER: dict[str, Any] = {
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    "default-src": [CSP.NONE],
    "img-src": ["data:"],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
}
DOWNLOAD: dict[str, Any] = {"sandbox": True, "default-src": [CSP.NONE]}
_CID = re.compile(r"cid:([^\"'\s<>)]+)")
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@require_safe
@csp_override(LETTER)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter's cleaned HTML for a sandboxed frame; its own pictures stand in it as data."""
    message = seen_message(request, pk)
    if not message.html_sha256:
        raise Http404
    response = HttpResponse(_with_pictures(message), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@csp_override(DOWNLOAD)
def download(request: HttpRequest, download_id: str) -> FileResponse:
    """One file, always as a download."""
    file = get_object_or_404(MessageFile.objects.visible_to(reader(request)), download_id=download_id.replace("\0", ""))
    response = FileResponse(files.path_of(file.sha256).open("rb"), as_attachment=True, filename=file.safe_name)
    response["Content-Type"] = "application/octet-stream"
    return response


def _with_pictures(message: Message) -> str:
    html = files.read(message.html_sha256).decode("utf-8", "replace")
    pictures = {
        picture.content_id: picture
        for picture in message.files.exclude(content_id="").filter(sniffed_type__in=SHOWN).order_by("pk")
    }
    room = LETTER_PICTURES_BYTES

    def shown(match: re.Match[str]) -> str:
        nonlocal room
        picture = pictures.get(match.group(1))
        if picture is None or picture.size > room:
            return match.group(0)
        room -= picture.size
        return _as_data(picture)

    return _CID.sub(shown, html)


def _as_data(picture: MessageFile) -> str:
    return f"data:{picture.sniffed_type};base64,{base64.b64encode(files.read(picture.sha256)).decode()}"
