"""Token buckets of the limits table."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """What is left of one limit for one key (an HMAC, never the address itself)."""

    key = models.CharField(max_length=64, unique=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key[:12]
