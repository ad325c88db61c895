"""Files dropped into the bot's direct messages: a card, a form, a rehearsal, an import with its progress."""
