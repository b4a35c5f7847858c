"""What the import linter cannot see. Each test names the file, the rule and the remedy."""
