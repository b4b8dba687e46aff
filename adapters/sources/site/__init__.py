"""The blog and feeds as they stand on the web: fetched politely and safely, read page by page."""
