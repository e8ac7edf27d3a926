"""What the platforms do not export and the operator keeps himself, and what his own systems say: one list per table."""
