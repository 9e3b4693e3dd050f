"""An account's rows as Arrow tables, in the columns that insights read."""
