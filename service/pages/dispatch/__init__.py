"""调度: the page on which sheets go out, come back, are looked at and stored, and the missing ones chased."""
