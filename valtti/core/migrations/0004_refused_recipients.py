"""For whom an accepted letter was not taken, and who marked it as unwanted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_search")]
    operations = [
        migrations.AddField("outgoingpost", "refused", models.JSONField(db_default=[], default=list)),
        migrations.AddField("outgoingpost", "complained_at", models.DateTimeField(db_default=None, null=True)),
    ]
