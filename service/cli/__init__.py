"""The command line: thin commands over `service.library`, each in the file of its concern.

`main` is what the installed program `taizhang` calls.
"""

from service.cli.app import main

__all__ = ["main"]
