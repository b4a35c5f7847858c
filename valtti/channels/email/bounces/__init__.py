"""Delivery reports, standard ones and letters that only speak plainly."""
