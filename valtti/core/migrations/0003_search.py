"""The index that search asks: its own table on SQLite, its own column on PostgreSQL."""

from django.db import migrations

from valtti.core.db import search


class Migration(migrations.Migration):
    dependencies = [("core", "0002_database")]
    operations = [migrations.RunPython(search.install, search.remove)]
