"""`python -m postscan`."""

import sys

try:
    from postscan.cli import main
except ModuleNotFoundError as missing:  # a checkout that nothing was installed for
    sys.exit(f"postscan: {missing}; install postscan and what it needs: python -m pip install -e .")

if __name__ == "__main__":
    main()
