"""Web pages: the document without the site around it."""
