"""Who is responsible, as plans say it: in brackets, after labels, in closing and in running sentences."""
