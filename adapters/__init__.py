"""The outside: whatever carries requests in, views out, and posts from their sources."""
