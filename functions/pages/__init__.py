"""The public pages: rendered when something changes, and served from a bucket to whoever asks."""
