"""For whom an accepted letter was not taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_search")]
    operations = [
        migrations.AddField("outgoingpost", "refused", models.JSONField(db_default=[], default=list)),
    ]
