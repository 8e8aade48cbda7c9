"""设置: accounts, rules, models, mail, the audit log."""
