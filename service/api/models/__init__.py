"""What goes over HTTP, under the public keys."""
