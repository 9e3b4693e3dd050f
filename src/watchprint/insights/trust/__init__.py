"""What can be relied on, and what cannot: undated, bulk, double and unknown plays."""
