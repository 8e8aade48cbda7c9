"""调度: sheets go out to the units, come back filled, and become progress of the ledger's rows."""
