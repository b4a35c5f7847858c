"""Room `core`: the ground: news, tasks, post, clocks, texts, rights, audit."""
