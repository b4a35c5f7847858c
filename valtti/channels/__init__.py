"""Room `channels`: how post comes in and goes out."""
