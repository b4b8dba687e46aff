"""What the core asks of its surroundings, in the core's own words."""
