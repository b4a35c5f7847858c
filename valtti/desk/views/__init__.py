"""The desk's pages and deeds, one file per noun."""
