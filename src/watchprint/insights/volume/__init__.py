"""How much was watched: totals, and by year, month and week."""
