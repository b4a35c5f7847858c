"""The words of the interface: found in the source, kept in one catalogue per language, checked for holes."""
