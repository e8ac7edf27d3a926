"""File → canonical frame: read, recognise, conform. One way, each step callable without the others."""
