"""Special orders: group buys, custom jobs, auctions."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

GROUPS = Table(
    name="groups",
    label=Text(zh="拼团", en="Group buys"),
    grain=Text(zh="每个团一行", en="one row per group"),
    level="optional",
    key=("group_id",),
    columns=(
        Column("group_id", ColumnType.STR, Text(zh="团编号", en="group id"), required=True),
        Column("opened_at", ColumnType.TS, Text(zh="开团时间", en="opened")),
        Column("required_size", ColumnType.INT, Text(zh="成团人数", en="required size")),
        Column("joined_size", ColumnType.INT, Text(zh="实际人数", en="joined")),
        Column("succeeded", ColumnType.BOOL, Text(zh="是否成团", en="succeeded")),
        Column("solo_price", ColumnType.DEC, Text(zh="单买价", en="solo price")),
        Column("group_price", ColumnType.DEC, Text(zh="拼团价", en="group price")),
    ),
)

CUSTOM_JOBS = Table(
    name="custom_jobs",
    label=Text(zh="定制任务", en="Custom jobs"),
    grain=Text(zh="每个定制需求一行", en="one row per custom request"),
    level="optional",
    key=("job_id",),
    columns=(
        Column("job_id", ColumnType.STR, Text(zh="任务号", en="job id"), required=True),
        Column(
            "order_id",
            ColumnType.STR,
            Text(zh="订单号，未成交为空", en="order, null if not won"),
            ref="orders.order_id",
        ),
        Column("requested_at", ColumnType.TS, Text(zh="提交需求", en="requested")),
        Column("design_confirmed_at", ColumnType.TS, Text(zh="方案确认", en="design confirmed")),
        Column("production_started_at", ColumnType.TS, Text(zh="开工", en="production started")),
        Column("production_finished_at", ColumnType.TS, Text(zh="完工", en="production finished")),
        Column("installed_at", ColumnType.TS, Text(zh="安装完成", en="installed")),
        Column("revisions", ColumnType.INT, Text(zh="改稿次数", en="design revisions")),
        Column("install_error_mm", ColumnType.DEC, Text(zh="安装误差毫米", en="installation error, mm")),
        Column("accepted_first_time", ColumnType.BOOL, Text(zh="一次验收通过", en="accepted first time")),
    ),
)

AUCTIONS = Table(
    name="auctions",
    label=Text(zh="拍卖", en="Auctions"),
    grain=Text(zh="每个拍品一行", en="one row per lot"),
    level="optional",
    key=("auction_id",),
    columns=(
        Column("auction_id", ColumnType.STR, Text(zh="拍品号", en="lot id"), required=True),
        Column(
            "order_id", ColumnType.STR, Text(zh="成交订单，流拍为空", en="order, null if unsold"), ref="orders.order_id"
        ),
        Column("ended_at", ColumnType.TS, Text(zh="结束时间", en="ended")),
        Column("reference_price", ColumnType.DEC, Text(zh="市场参考价", en="market reference price")),
        Column("bidders", ColumnType.INT, Text(zh="出价人数", en="bidders")),
        Column("final_price", ColumnType.DEC, Text(zh="成交价", en="final price")),
    ),
)


TABLES = (GROUPS, CUSTOM_JOBS, AUCTIONS)
