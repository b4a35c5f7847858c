"""Home: my day, the team board, search."""
