"""The `pprnet` command."""
