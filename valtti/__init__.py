"""Valtti: good service is a trump card."""

__version__ = "0.1.0"
