"""What goes on beside the answers: worker processes, threads of a server, long jobs."""
