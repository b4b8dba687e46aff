"""Full-text search over posts or any other plain documents."""
