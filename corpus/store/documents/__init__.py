"""Documents as wholes: how they come and go, their versions and bytes, how they are listed."""
