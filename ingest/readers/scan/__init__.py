"""Pictures of pages: scans and photos become lines and tables through OCR."""
