"""What a page process loads: heavy arithmetic stays in the workers."""

from __future__ import annotations

import subprocess
import sys

from django.test import SimpleTestCase

from tests.architecture.house import ROOT

HEAVY = ("numpy", "scipy", "duckdb", "pandas")
SITE_MAP = f"""
import sys, django
django.setup()
from django.urls import get_resolver
from valtti.project.wsgi import application
def walk(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            walk(entry)
walk(get_resolver())
print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


class ProcessTests(SimpleTestCase):
    def test_the_site_map_loads_no_heavy_arithmetic(self) -> None:
        ran = subprocess.run([sys.executable, "-c", SITE_MAP], cwd=ROOT, capture_output=True, text=True)

        self.assertEqual(ran.returncode, 0, ran.stderr[-2000:])
        self.assertEqual(ran.stdout.split(), [], "Import it inside the function that a worker runs.")
