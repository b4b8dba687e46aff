"""Who is who: the only place that names every concrete class."""
