"""The ledger as a workbook and other files: written for an office, read back once it was changed."""
