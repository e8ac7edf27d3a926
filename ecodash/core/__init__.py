"""Words and types every floor shares: Text, Unit, Period, Estimate, the canonical schema, errors, settings."""
