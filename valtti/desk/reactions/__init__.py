"""What news means for the desk."""

from valtti.desk.reactions import due, finding, post

__all__ = ["due", "finding", "post"]
