"""Room `ui`: the one design: shells, parts, tags, panels."""
