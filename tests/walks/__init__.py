"""The three walks of the architecture, each from one end of the house to the other."""
