"""From what somebody wrote to what they want to know; no guess where the words are not clear."""
