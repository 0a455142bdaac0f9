"""HTTP statuses of errors."""

from kg.errors import InputError, QueryError, ServiceError, UsageError


def status_of(error: Exception) -> int:
    """HTTP status of an error.

    >>> status_of(QueryError("the query does not parse")), status_of(ServiceError("too slow"))
    (400, 503)
    """
    match error:
        case QueryError() | UsageError() | InputError():
            return 400
        case ServiceError():
            return 503
    return 500
