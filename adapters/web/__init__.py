"""The web server: health, and the doors that platforms knock at."""
