"""Pages, driven in a real headless Chromium."""
