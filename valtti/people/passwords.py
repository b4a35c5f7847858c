"""Password hashing of the house."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class HouseHasher(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 47104
    parallelism = 1
