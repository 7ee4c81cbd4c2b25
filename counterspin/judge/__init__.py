"""Optional second opinions on contradictions. They confirm, lower or re-type; they never invent silently."""
