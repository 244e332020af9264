"""The negative list: what an event costs the city, clause by clause (attachment 2)."""
