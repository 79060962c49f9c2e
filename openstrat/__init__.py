"""What an AI company gains and gives away by opening each part of its stack."""
