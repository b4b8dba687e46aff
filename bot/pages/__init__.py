"""The answers: views built from posts, topics and the facts of the archive."""
