"""Where buyers live, and from where the brand sends: cities, warehouses, stores."""

# Province, city, district and pull; every street is made up.
CITIES: tuple[tuple[str, str, str, float], ...] = (
    ("广东省", "深圳市", "南山区", 12),
    ("广东省", "广州市", "天河区", 11),
    ("浙江省", "杭州市", "西湖区", 10),
    ("上海", "上海市", "浦东新区", 12),
    ("北京", "北京市", "朝阳区", 11),
    ("江苏省", "南京市", "玄武区", 8),
    ("江苏省", "苏州市", "姑苏区", 7),
    ("四川省", "成都市", "武侯区", 9),
    ("湖北省", "武汉市", "洪山区", 6),
    ("陕西省", "西安市", "雁塔区", 5),
    ("福建省", "厦门市", "思明区", 4),
    ("山东省", "青岛市", "市南区", 4),
    ("云南省", "昆明市", "五华区", 3),
    ("辽宁省", "大连市", "中山区", 2),
    ("河南省", "洛阳市", "涧西区", 5),
    ("江西省", "赣州市", "章贡区", 4),
    ("甘肃省", "天水市", "秦州区", 3),
    ("黑龙江省", "佳木斯市", "向阳区", 2),
)
# Tier, latitude and longitude of each of them, in the same order.
TIERS: tuple[tuple[str, float, float], ...] = (
    ("1", 22.54, 114.06), ("1", 23.13, 113.26), ("new1", 30.27, 120.16), ("1", 31.23, 121.47), ("1", 39.90, 116.41),
    ("new1", 32.06, 118.80), ("new1", 31.30, 120.59), ("new1", 30.57, 104.07), ("new1", 30.59, 114.31),
    ("new1", 34.34, 108.94), ("2", 24.48, 118.09), ("new1", 36.07, 120.38), ("2", 25.04, 102.71), ("2", 38.91, 121.61),
    ("3", 34.62, 112.45), ("3", 25.83, 114.93), ("4", 34.58, 105.72), ("5", 46.80, 130.32),
)  # fmt: skip

# City, state, country, postcode and pull for the shop abroad.
TOWNS: tuple[tuple[str, str, str, str, float], ...] = (
    ("San Jose", "CA", "US", "95112", 9),
    ("Seattle", "WA", "US", "98101", 7),
    ("Denver", "CO", "US", "80202", 6),
    ("Austin", "TX", "US", "73301", 5),
    ("Toronto", "ON", "CA", "M5H 2N2", 4),
    ("Leeds", "ENG", "GB", "LS1 1AA", 4),
    ("Sydney", "NSW", "AU", "2000", 3),
)

# State, latitude and longitude of each of them and of the warehouse there.
COORDINATES: tuple[tuple[str, str, float, float], ...] = (
    ("San Jose", "CA", 37.34, -121.89), ("Seattle", "WA", 47.61, -122.33), ("Denver", "CO", 39.74, -104.99),
    ("Austin", "TX", 30.27, -97.74), ("Toronto", "ON", 43.65, -79.38), ("Leeds", "ENG", 53.80, -1.55),
    ("Sydney", "NSW", -33.87, 151.21), ("Oakland", "CA", 37.80, -122.27),
)  # fmt: skip

# Name, city, country and kind. The first three share the home market; the last one serves the shop abroad.
WAREHOUSES: tuple[tuple[str, str, str, str], ...] = (
    ("杭州主仓", "杭州市", "CN", "warehouse"),
    ("广州南仓", "广州市", "CN", "warehouse"),
    ("成都西仓", "成都市", "CN", "origin_warehouse"),
    ("Oakland", "Oakland", "US", "overseas_warehouse"),
)
ABROAD = 3
_NEAREST = {"广东省": 1, "福建省": 1, "云南省": 1, "江西省": 1, "甘肃省": 2, "四川省": 2, "陕西省": 2, "湖北省": 2}
NEAREST: tuple[int, ...] = tuple(_NEAREST.get(city[0], 0) for city in CITIES)  # warehouse of each city

# Id, name and number of the city of the brand's own stores.
STORES: tuple[tuple[str, str, int], ...] = (
    ("STORE-HZ", "杭州西湖店", 2),
    ("STORE-CD", "成都武侯店", 7),
    ("STORE-SZ", "深圳南山店", 0),
)

# Invented carriers; the third is late by ``plan.LATE``.
CARRIERS = ("山河快递", "飞隼速运", "云驿物流")
OWN_RIDERS = "山野自送"
LINE_ABROAD = "Bluebird Parcel"
