"""The fictional brand 山野集 / Hillfield: what it sells, where, and in which season. Money in hundredths."""

from dataclasses import dataclass

BRAND_ZH = "山野集"
BRAND_EN = "Hillfield"

# Share of a year's demand per month, January first; each sums to 12.
SEASONS: dict[str, tuple[float, ...]] = {
    "all": (1.0,) * 12,
    "summer": (0.3, 0.4, 0.8, 1.3, 1.8, 1.9, 1.7, 1.4, 1.0, 0.7, 0.4, 0.3),
    "winter": (1.7, 1.2, 0.8, 0.4, 0.2, 0.2, 0.2, 0.3, 0.8, 1.7, 2.4, 2.1),
    "trail": (0.5, 0.6, 1.2, 1.6, 1.4, 0.8, 0.7, 0.8, 1.5, 1.6, 0.8, 0.5),
    "gift": (1.8, 0.9, 0.8, 0.8, 0.9, 0.9, 0.7, 0.8, 1.3, 0.9, 1.0, 1.2),
}


@dataclass(frozen=True)
class Product:
    """One SKU. ``price`` and ``cost`` in fen, ``usd`` in cents; ``weight`` is its pull among all SKUs.

    What is only sold for a purpose of its own (a course, a rental, a lot of an auction) has no pull.
    """

    sku: str
    zh: str
    en: str
    variant: str
    category: str
    price: int
    cost: int
    usd: int
    season: str
    weight: float
    kind: str = "goods"


PRODUCTS: tuple[Product, ...] = (
    Product("HF-TENT-2P", "双人轻量帐篷", "Trail tent for two", "军绿", "露营", 79900, 36500, 12900, "summer", 2.2),
    Product("HF-TENT-4P", "四人家庭帐篷", "Family tent", "沙色", "露营", 129900, 61000, 21900, "summer", 1.2),
    Product("HF-MAT-01", "蛋巢防潮垫", "Sleeping pad", "橙色", "露营", 15900, 5200, 3200, "summer", 3.0),
    Product("HF-CHAIR-K", "折叠月亮椅", "Moon chair", "卡其", "露营", 23900, 9800, 4500, "summer", 2.8),
    Product("HF-CHAIR-G", "折叠月亮椅", "Moon chair", "墨绿", "露营", 23900, 9800, 4500, "summer", 2.2),
    Product("HF-TABLE-01", "榉木蛋卷桌", "Roll-top table", "原木", "露营", 36900, 17400, 7500, "summer", 1.4),
    Product("HF-LAMP-01", "露营氛围灯", "Camp lantern", "暖光", "露营", 12900, 4300, 2600, "all", 3.6),
    Product("HF-PACK-30", "30L 徒步背包", "Hiking pack 30 L", "岩灰", "徒步", 45900, 18900, 8900, "trail", 2.4),
    Product("HF-PACK-18", "18L 日用背包", "Day pack 18 L", "藏青", "徒步", 29900, 11200, 5900, "trail", 2.6),
    Product("HF-POLE-01", "碳素登山杖", "Carbon trekking pole", "一对", "徒步", 25900, 9900, 5200, "trail", 2.0),
    Product("HF-BOTTLE-750", "保温壶", "Insulated bottle", "750ml", "徒步", 14900, 4600, 2900, "all", 6.5),
    Product("HF-BOTTLE-500", "保温杯", "Insulated cup", "500ml", "徒步", 11900, 3800, 2400, "all", 4.2),
    Product("HF-SHELL-M", "三合一冲锋衣", "3-in-1 shell", "M", "服饰", 89900, 38800, 16900, "winter", 1.8),
    Product("HF-SHELL-L", "三合一冲锋衣", "3-in-1 shell", "L", "服饰", 89900, 38800, 16900, "winter", 1.9),
    Product("HF-FLEECE-M", "抓绒外套", "Fleece jacket", "M", "服饰", 32900, 12600, 6500, "winter", 2.6),
    Product("HF-FLEECE-L", "抓绒外套", "Fleece jacket", "L", "服饰", 32900, 12600, 6500, "winter", 2.7),
    Product("HF-TEE-M", "速干T恤", "Quick-dry tee", "M", "服饰", 11900, 3600, 2500, "summer", 3.6),
    Product("HF-TEE-L", "速干T恤", "Quick-dry tee", "L", "服饰", 11900, 3600, 2500, "summer", 3.8),
    Product("HF-SOCK-3", "羊毛徒步袜", "Merino socks, 3 pairs", "3双装", "服饰", 8900, 2900, 2200, "all", 5.2),
    Product("HF-HAT-01", "户外渔夫帽", "Bucket hat", "米白", "服饰", 9900, 2800, 2300, "summer", 2.0),
    Product("HF-BLANKET-01", "羊毛盖毯", "Wool blanket", "格纹", "家居", 39900, 17200, 7900, "winter", 1.6),
    Product("HF-MUG-01", "珐琅马克杯", "Enamel mug", "350ml", "家居", 5900, 1700, 1600, "all", 4.4, "handmade"),
    Product("HF-POT-01", "户外炊具套装", "Cook set", "四件套", "家居", 32900, 13800, 6900, "trail", 1.7),
    Product("HF-TOWEL-01", "速干毛巾", "Quick-dry towel", "70×140", "家居", 6900, 1900, 1700, "summer", 3.0),
    Product("HF-CANDLE-01", "山林香薰蜡烛", "Forest candle", "180g", "家居", 8900, 2600, 2400, "gift", 2.2),
    Product("HF-COFFEE-10", "高山挂耳咖啡", "Drip coffee, 10 bags", "10包", "食品", 6900, 2400, 1900, "all", 6.0),
    Product("HF-TEA-01", "高山白茶", "White tea", "100g", "食品", 12800, 4700, 2900, "gift", 2.6),
    Product("HF-NUT-06", "山野坚果", "Trail nuts, 6 packs", "6包", "食品", 5990, 2700, 1700, "gift", 4.0),
    Product("HF-PAD-01", "石墨烯加热坐垫", "Heated seat pad", "炭黑", "露营", 18900, 7400, 4200, "all", 4.0),
    Product(
        "HF-COURSE-01", "周末露营课", "Weekend camping course", "一人", "服务", 29900, 12000, 4500, "all", 0, "service"
    ),
    Product("HF-RENT-TENT", "帐篷租赁", "Tent rental", "两天", "服务", 16800, 4000, 2500, "all", 0, "shared_asset"),
    Product("HF-VOUCHER-100", "门店套餐券", "Set menu voucher", "双人", "服务", 9900, 4800, 1500, "all", 0, "digital"),
    Product("HF-SIGN-01", "定制营地木牌", "Camp sign to order", "刻字", "露营", 26900, 9900, 4200, "all", 0, "custom"),
    Product("HF-OLD-TENT", "样品帐篷", "Display tent", "九成新", "露营", 39900, 21000, 6900, "all", 0, "second_hand"),
    Product("HF-CARE-01", "帐篷延保", "Tent warranty", "两年", "服务", 3900, 600, 600, "all", 0, "service"),
)
COLUMN = {product.sku: i for i, product in enumerate(PRODUCTS)}


@dataclass(frozen=True)
class Platform:
    """One place where the brand sells.

    ``share`` of all orders; ``start``/``finish`` bend its growth over the years (pull in the first and last year),
    ``surge`` multiplies it in the last twelve months; ``again`` is the chance that a first order is followed by another,
    ``gap`` the median days until it. ``identity``: what tells who bought, the same on all platforms that share it.
    """

    name: str
    share: float
    start: float
    finish: float
    again: float
    gap: float
    identity: str | None
    surge: float = 1.0
    free_shipping: bool = False
    platform_discount: float = 0.0
    one_line: bool = False
    cheap: bool = False
    overseas: bool = False
    refunds_shown: bool = True


PLATFORMS: tuple[Platform, ...] = (
    Platform("taobao", 0.26, 1.2, 0.9, 0.34, 52, "taobao"),
    Platform("jd", 0.11, 1.0, 1.0, 0.30, 55, "jd", refunds_shown=False),
    Platform(
        "pinduoduo", 0.18, 1.0, 1.0, 0.24, 48, None,
        surge=6.0, free_shipping=True, platform_discount=0.04, one_line=True, cheap=True,
    ),
    Platform("douyin", 0.08, 0.6, 1.3, 0.20, 45, None, free_shipping=True, platform_discount=0.03),
    Platform("youzan", 0.24, 0.8, 1.2, 0.44, 40, "phone"),
    Platform("shopify", 0.07, 0.7, 1.3, 0.28, 60, "email", overseas=True),
    Platform("store", 0.06, 1.0, 1.0, 0.0, 60, "phone"),
)  # fmt: skip
