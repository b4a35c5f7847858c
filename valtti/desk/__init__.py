"""Room `desk`: the work: cases, encounters, messages, promises, clocks."""
