"""Live updates: hints that something moved, never what. The page fetches it through its ordinary, checked view."""
