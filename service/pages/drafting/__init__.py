"""起草: the list of drafts and a new one, the text with its traces, versions side by side."""
