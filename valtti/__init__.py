"""Valtti: good service is a trump card."""
