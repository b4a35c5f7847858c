"""Tests above the rooms: architecture, browser, walks, and the plugin that every test run loads."""
