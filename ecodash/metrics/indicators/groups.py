"""Group buying and the life of communities."""

import narwhals as nw

from ecodash.metrics.indicators.rows import Of, ratio, share
from ecodash.metrics.indicators.words import indicator

_GROUPS = Of(table="groups", day="opened_at", by={"group_size": "required_size"})


def _life(activity: tuple[str, ...]) -> Of:
    by = {"channel": "channel_id", "activity": "activity"}
    return Of(table="engagement_daily", day="date", by=by, only=(nw.col("activity").is_in(activity),))


GROUPS = (
    indicator("group_success_rate", share(_GROUPS, nw.col("succeeded"))),
    indicator("engagement_minutes", ratio(_life(("game", "community")), "minutes", "active_users")),
    indicator("community_active_rate", ratio(_life(("community",)), "active_users", "reached_users")),
    indicator("push_conversion_rate", ratio(_life(("push",)), "buyers", "reached_users")),
)
