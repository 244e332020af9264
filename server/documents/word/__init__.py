"""The parts of a DOCX: elements in the order of the schema, the page and its styles, heads, text, annexes."""
