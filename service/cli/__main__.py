"""Lets `python -m service.cli` be `taizhang`."""

from service.cli.app import main

main()
