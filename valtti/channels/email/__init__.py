"""E-mail: letters in and letters out."""
