"""The version, in one place: read by the build back end and by ``kg --version``."""

__version__ = "0.1.0"
