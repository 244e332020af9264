"""Sites as the administrator keeps them (点位)."""
