"""What tests and demos do to a sandbox from outside, under `/__sandbox__/`: clock, faults, users, states."""
