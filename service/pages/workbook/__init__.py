"""台账文件: the ledger taken away as a file, and a workbook that comes back."""
