"""Assessing goals: rules that turn figures into a status with its reason, and nothing stored."""
