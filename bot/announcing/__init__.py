"""The monthly announcement: what is new becomes an edition, and every subscribed channel gets it once."""
