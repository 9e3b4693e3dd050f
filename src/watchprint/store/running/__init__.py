"""What lets several processes work together: budgets, leases, cursors."""
