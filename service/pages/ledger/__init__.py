"""总台账: all tasks of the office in one list, with what is done to them until they are closed."""
