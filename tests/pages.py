"""A made-up page of the blog, in the text form in which the real one is saved."""

from pathlib import Path

PAGE = (Path(__file__).parent / "data" / "page.txt").read_text(encoding="utf-8")
"""Two posts, newest first."""

CORRECTED = PAGE.replace("Tired therapists and their clients", "Tired Therapists, and Their Clients’ Outcomes")
"""The same page after someone corrected a title."""
