"""Four mistakes of stewards, each as a rule over the tables: open-washing, bad-faith relicensing, under-maintenance, creative terms."""
