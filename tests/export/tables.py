"""A small table with everything that goes wrong in spreadsheets."""

from datetime import date, datetime

import polars as pl

from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.export import Column, Definition, LoadedFile, Notes, Table
from ecodash.i18n import Reader

ZH, EN = Reader(language="zh", currency="CNY"), Reader(language="en", currency="USD")

NOTES = Notes(
    definitions=(
        Definition(
            name="首购后90天复购率",
            meaning="首购后 90 天内再次购买的新客占比",
            formula="=再次购买 ÷ 已满 90 天的新客",
            identifier="repurchase_90d/day",
        ),
    ),
    filters=("渠道：天猫、抖音",),
    window=Period(date(2024, 1, 1), date(2024, 3, 31)),
    coverage=0.934,
    loads=(
        LoadedFile(file="1 订单.xlsx", sha256="a" * 64, loaded=datetime(2024, 3, 31, 18, 5)),
        LoadedFile(file="=cmd|' /C calc'!A0.csv", sha256="b" * 64),
    ),
    made=datetime(2024, 4, 1, 9, 30),
    remarks=("示例数据",),
)
SHOPS = Table(
    title="渠道/对比: 第一季度",
    frame=pl.DataFrame(
        {
            "shop": ["天猫", '=HYPERLINK("http://x")', "＝1+1", 'a,"b"\nc', None],
            "orders": [1234, 0, 7, None, 5],
            "paid": [12345.6, 0.0, -3.5, float("nan"), 0.1 + 0.2],
            "rate": [0.2709, 0.0, 1.0, None, 0.5],
            "first": [date(2024, 1, 1), None, date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)],
            "seen": [datetime(2024, 1, 1, 9, 30), None, None, None, None],
            "member": [True, False, None, True, False],
            "left_out": [1, 2, 3, 4, 5],
        }
    ),
    columns=(
        Column(name="shop", heading="渠道"),
        Column(name="orders", heading="订单数", unit=Unit.ORDERS),
        Column(name="paid", heading="支付金额", unit=Unit.MONEY),
        Column(name="rate", heading="复购率", unit=Unit.RATIO),
        Column(name="first", heading="首单日"),
        Column(name="seen", heading="最近一次"),
        Column(name="member", heading="会员"),
    ),
    notes=NOTES,
    words={(3, "rate"): "未到期"},
    starred=frozenset({(2, "rate")}),
)
