"""Sales channels: the platform, or the platform and its own channel word; kind and domain are proposals.

Public traffic belongs to a marketplace or a content platform; private traffic is the shop's own (mini-program, own
site, Youzan, WeCom). The proposal of a platform is overridden by ``private_channels`` and ``public_channels`` of the
workspace's settings.
"""

import narwhals as nw

from ecodash.ingest.shape.pieces import ROW, Frame, Source, empty, typed

PUBLIC_MARKETPLACES = [
    "taobao_tmall",
    "alimama",
    "jd",
    "pinduoduo",
    "xiaohongshu",
    "1688",
    "amazon",
    "ebay",
    "etsy",
    "lazada",
    "shopee",
    "tiktok_shop",
    "mercadolibre",
    "meituan",
]
LIVE_PLATFORMS = ("douyin", "kuaishou")
PRIVATE_MINI_PROGRAMS = ("youzan", "weimob", "wechat_store")
PRIVATE_SITES = ("shopify", "woocommerce", "bigcommerce", "magento", "prestashop")
SHOPS = ("square",)
# The platforms as systems that gather the orders of several platforms write them.
SPOKEN_PLATFORMS: tuple[tuple[str, str], ...] = (
    ("淘宝|天猫|taobao|tmall", "taobao_tmall"),
    ("京东|^jd$|jingdong", "jd"),
    ("拼多多|pinduoduo|^pdd$", "pinduoduo"),
    ("抖音|抖店|放心购|douyin", "douyin"),
    ("快手|kuaishou", "kuaishou"),
    ("小红书|xiaohongshu", "xiaohongshu"),
    ("视频号|微信小店|微信小商店", "wechat_store"),
    ("有赞|youzan", "youzan"),
    ("微盟|weimob", "weimob"),
    ("1688|阿里巴巴", "1688"),
    ("shopify", "shopify"),
    ("amazon|亚马逊", "amazon"),
)
GATHERING = ("jushuitan", "wangdiantong", "guanyi")


def with_channel(source: Source) -> Source:
    """``platform``, ``channel_id`` and ``channel_name`` of every row."""
    said = source.any_of("platform") if source.has("platform") else empty(nw.String())
    word = source.any_of("channel")
    if source.platform in GATHERING:
        platform = _spoken(nw.coalesce(said, word) if source.has("platform") else word)
        own = nw.coalesce(platform, nw.lit(source.platform))
        frame = source.frame.with_columns(platform=own, channel_id=own, channel_name=word)
        return source.with_frame(frame, "platform", "channel_id", "channel_name")
    platform = nw.lit(source.platform)
    if source.options.channel:
        word = nw.lit(source.options.channel)
    detail = nw.when(_spoken(word) == source.platform).then(empty(nw.String())).otherwise(word)
    frame = source.frame.with_columns(platform=platform, channel_name=detail)
    with_id = nw.concat_str([nw.col("platform"), nw.col("channel_name")], separator="/")
    known = nw.when(nw.col("channel_name").is_null()).then(nw.col("platform")).otherwise(with_id)
    return source.with_frame(frame.with_columns(channel_id=known), "platform", "channel_id", "channel_name")


def _spoken(word: nw.Expr) -> nw.Expr:
    """The platform a word speaks of, null when none."""
    found = empty(nw.String())
    for pattern, platform in reversed(SPOKEN_PLATFORMS):
        found = nw.when(word.str.to_lowercase().str.contains(pattern)).then(nw.lit(platform)).otherwise(found)
    return found


def channels(source: Source) -> Frame:
    """One row per channel of the file, with proposed kind and domain."""
    rows = source.frame.group_by("channel_id").agg(
        nw.col("platform").max().alias("platform"),
        nw.col("channel_name").max().alias("word"),
        nw.col(ROW).min().alias(ROW),
    )
    platform, word = nw.col("platform"), nw.col("word").fill_null("").str.to_lowercase()
    mini = word.str.contains("小程序|mini.?program|微信|公众号|企微|社群")
    live = word.str.contains("直播|live")
    kinds = (
        (live, "live"),
        (word.str.contains("社群|community"), "community"),
        (mini | platform.is_in(PRIVATE_MINI_PROGRAMS), "mini_program"),
        (platform.is_in(PRIVATE_SITES), "web"),
        (platform.is_in(SHOPS) | word.str.contains("门店|线下|store|pos$"), "store"),
        (platform.is_in([*PUBLIC_MARKETPLACES, *LIVE_PLATFORMS]), "marketplace"),
    )
    kind = empty(nw.String())
    for fits, name in reversed(kinds):
        kind = nw.when(fits).then(nw.lit(name)).otherwise(kind)
    private = mini | platform.is_in([*PRIVATE_MINI_PROGRAMS, *PRIVATE_SITES, "wecom"])
    public = platform.is_in([*PUBLIC_MARKETPLACES, *LIVE_PLATFORMS, "meta_ads", "google_ads", "tiktok_ads"])
    domain = (
        nw.when(private)
        .then(nw.lit("private"))
        .otherwise(nw.when(public).then(nw.lit("public")).otherwise(empty(nw.String())))
    )
    named = nw.coalesce(nw.col("word"), nw.col("platform"))
    return typed(rows.with_columns(name=named, kind=kind, domain=domain), "channels")
