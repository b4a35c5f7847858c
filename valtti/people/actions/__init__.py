"""What may be done to people, teams, links and logins."""
