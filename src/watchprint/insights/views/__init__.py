"""The views that every insight reads, as SQL; see `plays.sql` for what each column means."""
