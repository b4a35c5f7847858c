"""`mail` and its subcommands."""
