"""Fork histories: who moved, how long forks live, what published studies say of them."""
