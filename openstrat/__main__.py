"""`python -m openstrat` is the command line."""

from openstrat.cli.main import main

if __name__ == "__main__":
    main()
