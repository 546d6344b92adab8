"""`python -m postscan`."""

from postscan.cli import main

if __name__ == "__main__":
    main()
