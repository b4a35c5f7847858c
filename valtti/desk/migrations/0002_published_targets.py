"""Published time targets stay as they are: the database refuses to change them or to add to them."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "published targets stay as they are"
IS_PUBLISHED = "(SELECT published_at FROM desk_slaversion WHERE id = {row}.version_id) IS NOT NULL"
GUARDS = [
    ("desk_slaversion_stays", "desk_slaversion", "UPDATE", "OLD.published_at IS NOT NULL"),
    ("desk_slatarget_stays", "desk_slatarget", "UPDATE", IS_PUBLISHED.format(row="OLD")),
    ("desk_slatarget_complete", "desk_slatarget", "INSERT", IS_PUBLISHED.format(row="NEW")),
]


def install(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, deed, condition in GUARDS:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$"
            )
            editor.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def remove(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, _deed, _condition in GUARDS:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON {table}")
            editor.execute(f"DROP FUNCTION {name}()")
        else:
            editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
