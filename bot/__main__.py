"""`python -m bot` is `cspm`."""

from .cli import main

if __name__ == "__main__":
    main()
