"""Pages about people: the door, one's own settings, the house's users, teams and hours, the audit log."""
