"""The pieces of a sentence that may answer: units, days, quantities, names, telephones, places."""
