"""What only the database can promise: the writing transaction in `xid`, and sealed audit rows that stay as they are."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_REFUSAL = "a sealed audit entry stays as it is"
_NUMBERED = ("core_event", "core_auditentry")

_POSTGRESQL = [
    *(f"ALTER TABLE {table} ALTER COLUMN xid SET DEFAULT (pg_current_xact_id()::text::bigint)" for table in _NUMBERED),
    f"""CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER core_audit_sealed BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW WHEN (OLD.seq IS NOT NULL) EXECUTE FUNCTION core_audit_refuse()""",
]
_POSTGRESQL_BACK = [
    "DROP TRIGGER core_audit_sealed ON core_auditentry",
    "DROP FUNCTION core_audit_refuse()",
    *(f"ALTER TABLE {table} ALTER COLUMN xid SET DEFAULT 0" for table in _NUMBERED),
]
_SQLITE = [
    f"""CREATE TRIGGER core_audit_sealed_{deed.lower()} BEFORE {deed} ON core_auditentry
    WHEN OLD.seq IS NOT NULL BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for deed in ("UPDATE", "DELETE")
]
_SQLITE_BACK = [f"DROP TRIGGER core_audit_sealed_{deed}" for deed in ("update", "delete")]


def install(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration: set the default and make the triggers."""
    _run(editor, _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE)


def remove(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration: the way back."""
    _run(editor, _POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else _SQLITE_BACK)


def _run(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement)
