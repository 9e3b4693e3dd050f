"""Back-ups and bringing them back; what has had its time goes."""
