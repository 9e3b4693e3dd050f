"""Imports: what each changed, noted as it happens, and undone exactly."""
