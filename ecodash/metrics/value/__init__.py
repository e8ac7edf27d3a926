"""Customer value: RFM segments, the lapse point, value observed and predicted, what is bought next and together."""
