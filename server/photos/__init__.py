"""Photos: receive, verify, record, derive."""
