"""Tags of the room `ui`."""
