"""What the readers of spreadsheets share: a sheet on its grid, and numbers as they are shown."""
