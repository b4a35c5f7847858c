"""What only the database can promise: commit order in `xid`, sealed audit entries, and the table of the cache."""

from django.db import migrations

from valtti.core.db import cache, triggers


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(triggers.install, triggers.remove),
        migrations.RunPython(cache.make_table, cache.keep_table),
    ]
