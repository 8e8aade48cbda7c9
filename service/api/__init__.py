"""The HTTP interface: typed models, problem details, handlers of a few lines over `service.library`."""
