"""The domain: goals, figures, rules and wording; values in, values out, with no I/O, clock or await."""
