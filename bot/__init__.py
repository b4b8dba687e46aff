"""The core: posts, topics, search, requests and views. No chat library, no HTTP, no command line."""
