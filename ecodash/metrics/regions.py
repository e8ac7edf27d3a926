"""Regions of China, by how a province begins: 浙江 and 浙江省 are one province."""

import narwhals as nw

LETTERS = 2
REGIONS: dict[str, tuple[str, ...]] = {
    "north": ("北京", "天津", "河北", "山西", "内蒙"),
    "northeast": ("辽宁", "吉林", "黑龙"),
    "east": ("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
    "central": ("河南", "湖北", "湖南"),
    "south": ("广东", "广西", "海南"),
    "southwest": ("重庆", "四川", "贵州", "云南", "西藏"),
    "northwest": ("陕西", "甘肃", "青海", "宁夏", "新疆"),
    "hmt": ("香港", "澳门", "台湾"),
}
ELSEWHERE = "elsewhere"


def region(column: str) -> nw.Expr:
    """The region of a province; ``elsewhere`` for one that is none of China's, null where none is given."""
    province = nw.col(column)
    begins = province.str.slice(0, LETTERS)
    code = nw.when(province.is_null() | (province == "")).then(nw.lit(None)).otherwise(nw.lit(ELSEWHERE))
    for name, provinces in REGIONS.items():
        code = nw.when(begins.is_in(provinces)).then(nw.lit(name)).otherwise(code)
    return code
