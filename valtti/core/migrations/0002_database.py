"""What only the database can promise: commit order in `xid`, and sealed audit entries that stay as they are."""

from django.db import migrations

from valtti.core.db import triggers


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
