"""Which incoming post is which existing one, and what becomes of it."""
