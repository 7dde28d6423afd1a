"""Answers about the plan beside its figures: what a goal is, where figures come from, what is due when."""
