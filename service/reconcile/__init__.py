"""对账: what a report says, held against the tasks of a plan; and what several plans say of one matter."""
