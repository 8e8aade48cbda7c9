"""对账: a report beside its plan, plans beside each other, a problem beside its likes."""
