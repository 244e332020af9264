"""People and their posts, as the administrator keeps them (人员、岗位)."""
