"""Every sentence the bot says, by id, in Danish and English: da.po and en.po beside this file."""
