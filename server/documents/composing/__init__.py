"""From plain facts to a document's content: one pure module for each kind."""
