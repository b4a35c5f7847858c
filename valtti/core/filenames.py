"""Names that are safe to write, and what the first bytes say a file really is."""

from __future__ import annotations

import re
import unicodedata

from valtti.core.caps import FILE_NAME_LENGTH

_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\"*/:<>?\\|\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"%PDF-", "application/pdf"),
    (b"%!PS", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\3\4", "application/zip"),
    (b"PK\5\6", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\7", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"OggS", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_BY_TYPE = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "text/csv": "csv",
    "message/rfc822": "eml",
    "message/global": "eml",
    "application/zip": "zip",
    "application/pgp-signature": "asc",
    "application/pkcs7-signature": "p7s",
    "application/pkcs7-mime": "p7m",
    "application/ms-tnef": "dat",
    "message/delivery-status": "txt",
    "text/rfc822-headers": "txt",
}


def safe_name(name: str | None, media_type: str, number: str) -> str:
    """A name without path, control, zero-width and direction signs; a made one when the letter names none."""
    cleaned = unicodedata.normalize("NFC", (name or "").replace("\\", "/").rstrip("/").rpartition("/")[2])
    cleaned = " ".join(_BAD.sub("", cleaned).split()).strip(". ")
    if not cleaned:
        return f"part-{number}.{_BY_TYPE.get(media_type, 'bin')}"
    if _RESERVED.fullmatch(cleaned):
        cleaned = f"_{cleaned}"
    return _shortened(cleaned)


def _shortened(name: str) -> str:
    """Cut in the middle, so that the ending, which says what it is, stays. 200 bytes fit every file system."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        stem, dot, ending = name, "", ""
    stem = stem[: FILE_NAME_LENGTH - len(ending) - 1]
    while len((stem + dot + ending).encode("utf-8", "replace")) > 200:
        stem = stem[:-1]
    return stem + dot + ending


def sniff(data: bytes) -> str:
    """The media type the bytes themselves show."""
    head = data[:4096]
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return _in_zip(data) if found == "application/zip" else found
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12], "audio/wav")
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in {b"heic", b"heix", b"mif1"} else "video/mp4"
    return _as_text(head, cut=len(data) > len(head))


def _in_zip(data: bytes) -> str:
    names = data[:65536] + data[-65536:]
    for mark, found in _OFFICE:
        if mark in names and b"[Content_Types].xml" in names:
            return found
    return "application/zip"


def _as_text(head: bytes, cut: bool) -> str:
    low = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if low.startswith(b"<svg") or (low.startswith(b"<?xml") and b"<svg" in low):
        return "image/svg+xml"
    if low.startswith((b"<!doctype html", b"<html", b"<script", b"<body")):
        return "text/html"
    if low.startswith(b"<?xml"):
        return "text/xml"
    if low.startswith(b"begin:vcalendar"):
        return "text/calendar"
    if low.startswith(b"begin:vcard"):
        return "text/vcard"
    try:
        (head[:-4] if cut else head).decode("utf-8")
    except UnicodeDecodeError as error:
        if not (cut and error.start >= len(head) - 8):
            return "application/octet-stream"
    return "application/octet-stream" if b"\0" in head else "text/plain"
