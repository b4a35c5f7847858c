"""What of a text is new, and what is history, signature or small print: folded, never deleted."""
