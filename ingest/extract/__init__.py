"""From a document's blocks to tasks, units, deadlines and progress."""
