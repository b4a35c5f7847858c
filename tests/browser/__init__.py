"""The house in a real browser: by keyboard, without scripts, at the width of a phone, in both themes."""
