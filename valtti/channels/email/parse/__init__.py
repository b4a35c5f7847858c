"""How bytes become a read letter: pure, linear, and never raising on what a stranger sent."""
