"""What a case says of itself, such as the carrier of a parcel: names of the dimensions that no fact carries."""

from ecodash.core.text import Text

OF_CASES = {
    "carrier": Text("承运商", "Carrier"),
    "carrier_type": Text("自营或第三方物流", "Own or third-party carrier"),
    "warehouse": Text("发货仓", "Ship-from location"),
    "stock": Text("海外仓或直发", "Stock abroad or sent from home"),
    "sale_days": Text("大促或平日", "Sale event or ordinary day"),
    "flow_step": Text("流程环节", "Step of the process"),
    "reason": Text("退货原因", "Return reason"),
    "ticket": Text("工单类别", "Ticket category"),
    "campaign": Text("推广计划", "Campaign"),
    "ad_format": Text("广告形式", "Ad format"),
    "placement": Text("广告位", "Placement"),
    "billing": Text("计费方式", "Billing"),
    "targeted": Text("是否定向", "Targeted"),
    "segment": Text("访客分组", "Visitor segment"),
    "activity": Text("互动形式", "Kind of interaction"),
    "step": Text("漏斗步骤", "Step of the funnel"),
    "via": Text("分享方式", "Way of sharing"),
    "group_size": Text("成团人数", "Group size"),
    "seller_kind": Text("卖家类型", "Kind of seller"),
    "seller_mode": Text("经营方式", "Operating mode"),
    "fee_type": Text("收费类型", "Kind of fee"),
    "table": Text("数据表", "Table"),
    "asset_type": Text("资源类型", "Kind of resource"),
    "incident": Text("事件类型", "Kind of incident"),
    "packaging": Text("包装", "Packaging"),
    "tier": Text("城市等级", "City tier"),
}
