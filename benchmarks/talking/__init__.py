"""How often does a group that we show as quiet turn out not to be? In made-up worlds."""
