"""What happens unasked: the clock and the jobs it looks after."""
