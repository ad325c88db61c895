"""`/gallery`: every message, modal and Home of the bot, in every language, with and without the new blocks."""
