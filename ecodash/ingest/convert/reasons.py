"""Why a cell or a row was rejected: one stable code and the words in both languages."""

from ecodash.core.text import Text

REASONS: dict[str, Text] = {
    "not_a_number": Text("不是数字", "not a number"),
    "number_separator": Text(
        "看不出逗号、句点哪个是小数点，没有猜测；请在导入设置里指定小数点",
        "which of comma and point is the decimal separator cannot be told, nothing was guessed; set it for this load",
    ),
    "number_too_large": Text("数字超出可保存的范围", "number outside the range that can be stored"),
    "not_whole": Text("应为整数", "should be a whole number"),
    "percent_style": Text(
        "百分比缺少 % 号，无法判断是 3.3% 还是 0.033", "percentage without a % sign: 3.3 % or 0.033?"
    ),
    "not_yes_or_no": Text("不是“是/否”", "neither yes nor no"),
    "not_a_date": Text("不是日期或时间", "not a date or time"),
    "no_such_day": Text("日历上没有这一天", "there is no such day in the calendar"),
    "date_out_of_range": Text("日期不在 1971–2100 年之间", "date outside 1971–2100"),
    "damaged_date": Text(
        "日期已被其他软件改坏（日、月、年错位），不可信",
        "date was damaged by other software (day, month and year swapped) and cannot be believed",
    ),
    "date_order_unknown": Text(
        "无法判断日和月的先后，请在导入设置里指定“日在前”或“月在前”",
        "whether day or month comes first cannot be told; set day_first for this load",
    ),
    "time_does_not_exist": Text(
        "夏令时切换时被跳过的时刻，不存在", "clock time skipped when daylight saving began: it never happened"
    ),
    "lost_digits": Text(
        "编号被 Excel 改成科学计数法，末尾数字已丢失，不能用来匹配",
        "id turned into scientific notation by a spreadsheet: its last digits are lost, it is never joined on",
    ),
    "missing_required": Text("必填项为空", "required cell is empty"),
    "period_too_long": Text("统计区间超过 400 天，不能当作日报表", "covers more than 400 days and is no daily report"),
    "not_allowed": Text("不是允许的取值", "not one of the allowed values"),
}


def words(code: str) -> Text:
    """The reason behind ``code`` in both languages; raises KeyError for an unknown code."""
    return REASONS[code]
