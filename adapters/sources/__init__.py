"""Where posts come from: pages of the blog, feeds, and Markdown files."""
