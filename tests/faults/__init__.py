"""What goes wrong, done on purpose to the real server. XUNGAI_DRILL=1 asks for the large numbers."""
