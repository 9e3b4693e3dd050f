"""The table of Trakt accounts, one beside each of Django's users."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes it."""

    initial = True
    dependencies = (migrations.swappable_dependency(settings.AUTH_USER_MODEL),)
    operations = (
        migrations.CreateModel(
            name="TraktAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trakt_uuid", models.CharField(max_length=100, unique=True)),
                ("slug", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("zone", models.CharField(default="UTC", max_length=100)),
                ("sealed_pair", models.BinaryField(default=b"")),
                ("issued_at", models.DateTimeField(null=True)),
                ("expires_in_s", models.IntegerField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trakt", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    )
