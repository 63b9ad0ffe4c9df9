"""What makes the tables evidence: a chain over the history, and copies that prove themselves."""
