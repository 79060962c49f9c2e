"""What a repository shows about its license, how it is run, and whether it is kept up: facts and commits in, findings out."""
