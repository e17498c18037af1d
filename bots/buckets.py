"""Moments sorted into equal spans by the database; Django's own truncation is slow on SQLite."""

from typing import Any

from django.db.models import Func, IntegerField


class Bucket(Func):
    """Whole spans of so many seconds since 1970-01-01T00:00Z."""

    output_field = IntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / %(seconds)d) AS INTEGER)"

    def __init__(self, moment: Any, seconds: int) -> None:
        super().__init__(moment, seconds=seconds)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps times as text in UTC."""
        template = "(CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / %(seconds)d)"
        return self.as_sql(compiler, connection, template=template, **context)
