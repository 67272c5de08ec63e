"""Clients generated from the OpenAPI document, compiled and run; `make contract` installs what they need."""
