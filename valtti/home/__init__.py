"""Room `home`: my day, the team board and search."""
