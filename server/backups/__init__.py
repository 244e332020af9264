"""A copy of a whole district that can be put back: every row, every original photo, scan and list, the kept heads of
the audit chain, and the proof that all are whole.

Originals never change, so they are copied once; each backup adds one dated folder with the rows. What is not in it:
sessions (a stolen one must not come back to life), uploads under way (the phones begin them anew), and copies of
photos, which are made again when somebody looks.
"""
