"""From blocks and statements to tasks: which block a statement governs, and what each task says."""
