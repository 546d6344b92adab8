"""Tables only: `wordlists.py` loads and checks them."""
