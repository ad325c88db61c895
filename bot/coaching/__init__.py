"""`/coach`: talks between a lead and an agent, promises, and whether they helped."""
