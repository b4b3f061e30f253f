"""Comments under articles, on WeChat's side: fetched, and what moderators decided, carried out."""
