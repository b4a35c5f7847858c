"""The salts under which the audit log marks what is personal."""

from django.db import migrations, models

import valtti.core.models.audit


class Migration(migrations.Migration):
    dependencies = [("core", "0004_refused_recipients")]
    operations = [
        migrations.CreateModel(
            "AuditSalt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("salt", models.CharField(default=valtti.core.models.audit.fresh_salt, max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_id"), name="one_audit_salt")
                ],
            },
        ),
    ]
