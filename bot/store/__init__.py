"""The archive in a database, SQLite or PostgreSQL. The only place that knows SQLAlchemy."""
