"""A mailbox as its form sends it, with a password that must show up nowhere."""

from __future__ import annotations

CANARY = "canary-91b2-password"
SETTINGS = {
    "address": "uusi@kaiku.example",
    "sender_name": "Kaiku Kuitu Oy",
    "language": "fi",
    "imap_host": "imap.kaiku.example",
    "imap_port": "993",
    "imap_security": "tls",
    "imap_user": "valtti",
    "imap_password": CANARY,
    "folders": "INBOX; Arkisto",
    "smtp_host": "tray",
    "smtp_port": "465",
    "smtp_security": "tls",
    "after_commit": "nothing",
    "after_commit_days": "30",
    "active": "on",
}
