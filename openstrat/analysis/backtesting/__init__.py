"""What rules would have said about decisions of the past, scored beside plain base rates."""
