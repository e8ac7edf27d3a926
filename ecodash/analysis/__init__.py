"""One named statistical method per file; numbers or small frames in, frozen results out. scipy and scikit-learn live here."""
