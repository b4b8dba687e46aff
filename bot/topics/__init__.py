"""The topics: what they are called, what clinicians call them, and which posts are about them."""
