"""`valtti serve`: a supervisor and its children, web processes and workers."""
