"""Forms of the room `people`: at the door, one's own settings, the house's people and hours."""
