"""The two documents' catalogue and how a business stands against it."""
