"""Room `project`: settings, site map, command line, serve, demo, backup."""
