"""A moment's hour since 1970, computed by the database; Django's own truncation is slow on SQLite."""

from typing import Any

from django.db.models import Func, IntegerField


class Hour(Func):
    """Whole hours since 1970-01-01T00:00Z."""

    output_field = IntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 3600) AS INTEGER)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps times as text in UTC."""
        template = "(CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / 3600)"
        return self.as_sql(compiler, connection, template=template, **context)
