"""What the figures of a goal say when somebody asks further: one module per kind of question."""
