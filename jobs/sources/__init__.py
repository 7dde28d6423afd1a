"""The sources that are asked over HTTP, one module each: what is asked, and what comes back."""
