"""What a person fills in at the desk."""
