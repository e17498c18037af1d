"""Page numbers of long lists: counted no further than anybody turns pages."""

from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList

MOST = 10_000  # rows counted; what lies beyond is found with the filters and the search box
Row = TypeVar("Row", bound=Model)
FEW = 1_000  # rows named by their ids


def pinned(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return the same rows, named by nothing but their ids where these are few.

    Count and page then need not search again, and no planner reads the whole table in the order of
    the list in the hope of meeting them. The order is kept, what is prefetched is not.
    """
    ids = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(ids) > FEW:
        return rows
    named = rows.model._default_manager.filter(pk__in=ids)  # noqa: SLF001  # Django documents it
    named.query.select_related = rows.query.select_related
    return named.order_by(*rows.query.order_by)


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # generic only in the stubs
    """Counts up to a limit, so that a list of a million rows opens as fast as a short one."""

    template_name = "admin/bounded_pagination.html"

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most the limit."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return self.count >= MOST


class BoundedList(ChangeList):  # type: ignore[misc]  # unfold has no types
    """A list that offers to show all only while a search or a filter hides something."""

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page."""
        super().get_results(request)
        if not (self.query or self.get_filters_params()):
            self.full_result_count = self.result_count
