"""Drawings as plain numbers: geometry only, no framework, no colour. Silence stays a gap."""
