"""What a person says or clicks: the router, one module per topic, and the bot SDK behind two files."""
