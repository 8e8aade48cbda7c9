"""拆任务, and files on their way in."""
