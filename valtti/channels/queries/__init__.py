"""What the pages of this room ask, one file a page."""
