"""How sound drafts are, and how well the checker finds errors planted in them."""
