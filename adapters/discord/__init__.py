"""Discord: what people ask there, and views as its messages."""
