"""Search by meaning: finds what shares no word with the question. Needs the extra `semantic`."""
