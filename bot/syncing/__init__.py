"""Filling the archive from its sources."""
