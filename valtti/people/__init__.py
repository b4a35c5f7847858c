"""Room `people`: who serves: users, teams, skills, working languages."""
