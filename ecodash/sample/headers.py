"""Headers of the exports the sample shop writes, in the order of the platforms (a second column of the same name stays)."""

_LISTS: dict[str, str] = {
    "taobao_order_list_csv": (
        "订单编号|买家会员名|买家支付宝账号|买家应付货款|买家应付邮费|买家支付积分|总金额|返点积分|"
        "买家实际支付金额|买家实际支付积分|订单状态|买家留言|收货人姓名|收货地址|运送方式|联系电话|联系手机|"
        "订单创建时间|订单付款时间|宝贝标题|宝贝种类|物流单号|物流公司|订单备注|宝贝总数量|店铺Id|店铺名称|"
        "订单关闭原因|卖家服务费|买家服务费|发票抬头|是否手机订单|分阶段订单信息|特权订金订单id|"
        "是否上传合同照片|是否上传小票|是否代付|定金排名|修改后的sku|修改后的收货地址|异常信息|天猫卡券抵扣|"
        "集分宝抵扣|是否是O2O交易|新零售交易类型|新零售导购门店名称|新零售导购门店id|新零售发货门店名称|"
        "新零售发货门店id|退款金额|预约门店|确认收货时间|打款商家金额|含应开票给个人的个人红包"
    ),
    "taobao_item_list": (
        "子订单编号|主订单编号|商品标题|商品价格|购买数量|外部系统编号|商品属性|套餐信息|订单状态|商家编码|"
        "支付单号|买家应付货款|买家实付金额|退款状态|退款金额|订单创建时间|订单付款时间|商品ID|商家备注|"
        "物流单号|物流公司|skuId"
    ),
    "taobao_refund": (
        "订单编号|退款编号|支付单号|订单付款时间|商品id|商品编码|退款完结时间|买家实际支付金额|宝贝标题|"
        "买家退款金额|手工退款/系统退款|售后类型|退款的申请时间|超时时间|退款状态|货物状态|退货物流信息|"
        "发货物流信息|客服介入状态|卖家真实姓名|卖家真实姓名(新)|卖家退货地址|卖家邮编|卖家电话|卖家手机|"
        "退货物流单号|退货物流公司|买家退款原因|买家退款说明|买家退货时间|责任方|售中或售后|备注标签|"
        "商家备注|完结时间|部分退款/全部退款|审核操作人|审核操作人新会员名|举证超时|是否零秒响应|退款操作人|"
        "退款操作人新会员名|退款原因标签|业务类型|是否帮他退款|帮他退款操作账号|小额收款|淘特订单|"
        "百亿补贴超链退款信息|智能退款策略|执行方案"
    ),
    "wanxiangtai_item": (
        "日期|场景ID|场景名字|原二级场景ID|原二级场景名字|计划ID|计划名字|主体ID|主体类型|主体名称|展现量|"
        "点击量|花费|点击率|平均点击花费|千次展现花费|总预售成交金额|总预售成交笔数|直接预售成交金额|"
        "直接预售成交笔数|间接预售成交金额|间接预售成交笔数|直接成交金额|间接成交金额|总成交金额|总成交笔数|"
        "直接成交笔数|间接成交笔数|点击转化率|投入产出比|含预售投产比|总成交成本|总购物车数|直接购物车数|"
        "间接购物车数|加购率|收藏宝贝数|收藏店铺数|店铺收藏成本|总收藏加购数|总收藏加购成本|宝贝收藏加购数|"
        "宝贝收藏加购成本|总收藏数|宝贝收藏成本|宝贝收藏率|加购成本|拍下订单笔数|拍下订单金额|直接收藏宝贝数|"
        "间接收藏宝贝数|优惠券领取量|购物金充值笔数|购物金充值金额|旺旺咨询量|引导访问量|引导访问人数|"
        "引导访问潜客数|引导访问潜客占比|入会率|入会量|引导访问率|深度访问量|平均访问页面数|成交新客数|"
        "成交新客占比|会员首购人数|会员成交金额|会员成交笔数|成交人数|人均成交笔数|人均成交金额|"
        "自然流量转化金额|自然流量曝光量"
    ),
    "jd_order_export": (
        "订单号|商品ID|商品名称|订购数量|支付方式|下单时间|京东价|订单金额|结算金额|余额支付|应付金额|"
        "订单状态|订单类型|下单帐号|客户姓名|客户地址|联系电话|订单备注|发票类型|发票抬头|发票内容|商家备注|"
        "商家备注等级（等级1-5为由高到低）|运费金额|付款确认时间|增值税发票|货号|订单完成时间|订单来源|"
        "订单渠道"
    ),
    "pdd_order_export": (
        "商品|订单号|订单状态|商品总价(元)|邮费(元)|店铺优惠折扣(元)|平台优惠折扣(元)|多多支付立减金额(元)|"
        "用户实付金额(元)|商家实收金额(元)|商品数量(件)|发货时间|确认收货时间|商品id|商品规格|样式ID|"
        "商家编码-规格维度|商家编码-商品维度|商家备注|售后状态|快递单号|快递公司|订单成交时间"
    ),
    "douyin_order_export": (
        "主订单编号|子订单编号|选购商品|商品规格|商品数量|商品ID|商家编码|商品单价|订单应付金额|运费|"
        "优惠总金额|平台优惠|商家优惠|达人优惠|商家改价|支付优惠|红包抵扣|支付方式|手续费|收件人|"
        "收件人手机号|省|市|区|街道|详细地址|是否修改过地址|地址修改时段|买家留言|订单提交时间|旗帜颜色|"
        "商家备注|订单完成时间|支付完成时间|APP渠道|流量来源|订单状态|承诺发货时间|订单类型|鲁班落地页ID|"
        "达人ID|达人昵称|所属门店ID|售后状态|取消原因|预约发货时间|仓库ID|仓库名称|序列号|是否安心购|"
        "广告渠道|流量类型|流量体裁|流量渠道|发货主体|发货主体明细|发货时间|降价类优惠|平台实际承担优惠金额|"
        "商家实际承担优惠金额|达人实际承担优惠金额|预计送达时间|是否平台仓自流转|车型|商品69码|发货SN码|"
        "发货IMEI码1|发货IMEI码2|预约送达时间|建议发货时间（起）|建议发货时间（止）|物流SN码|物流IMEI码1|"
        "物流IMEI码2"
    ),
    "youzan_order_export": (
        "订单号|销售渠道|归属店铺|订单类型|订单状态|推广方式|订单来源|订单创建时间|买家付款时间|交易成功时间|"
        "付款方式|支付流水号|商品金额合计|运费|店铺优惠合计|应收订单金额|订单实付金额|支付优惠合计|"
        "订单实收金额|订单抵用积分数|店铺优惠方式|支付优惠方式|全部商品名称|商品种类数|订单配送方式|"
        "同城送达时间/提货时间|收货人省份|收货人城市|收货人地区|详细收货地址/提货地址|收货人/提货人|"
        "收货人手机号/提货人手机号|买家备注|订单星级|买家昵称|买家是否会员|买家手机号|下单网点|收银员|分销员|"
        "销售导购|专属导购|订单退款状态|订单已退款金额|商家订单备注|桌号|挂账主体|挂账手机号|团长订单|"
        "订单风险标签|分销员|分销员手机号|分销员所属店铺|分销员所属团队|分销员所属分组|分销员等级|"
        "订单佣金类型|订单佣金金额|订单下级卖货提成类型|订单下级卖货提成金额"
    ),
    "youzan_order_item_export": (
        "订单号|外部订单号|订单商品状态|交易成功时间|商品名称|商品类型|商品类目|商品规格|规格编码|商品编码|"
        "商品单价|商品优惠方式|商品优惠后价格|商品数量|商品金额小计|店铺优惠（分摊）|商品实际成交金额|"
        "商品抵用积分数|商品留言|收货人/提货人|收货人手机号/提货人手机号|收货人省份|收货人城市|收货人地区|"
        "详细收货地址/提货地址|买家备注|商品发货状态|商品发货方式|商品发货物流公司|商品发货物流单号|发货员工|"
        "商品发货时间|商品退款状态|商品已退款金额|商家订单备注|周期购信息"
    ),
    "youzan_customer_export": (
        "客户姓名|客户昵称|客户手机号|客户生日|客户性别|标签|是否会员|成长值|免费等级|付费等级|权益卡|"
        "客户积分|客户储值余额|消费次数|消费金额|累计退款金额|累计退款订单数|笔单价|上次消费时间|分销员|"
        "导购员|企微好友|来源渠道|来源方式|成为客户时间|成为会员时间|成为会员店铺|公众号|公众号关注时间|"
        "最近浏览时间|微信地域|所属区域|指定时间消费次数|指定时间消费金额"
    ),
    "wecom_customer_export": (
        "客户名称|描述|添加人|添加人账号|添加人所属部门|添加时间|来源|手机|企业|邮箱|地址|职务|电话|标签组1(客户等级)"
    ),
    "shopify_orders": (
        "Name|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Accepts Marketing|Currency|"
        "Subtotal|Shipping|Taxes|Total|Discount Code|Discount Amount|Shipping Method|Created at|"
        "Lineitem quantity|Lineitem name|Lineitem price|Lineitem compare at price|Lineitem sku|"
        "Lineitem requires shipping|Lineitem taxable|Lineitem fulfillment status|Billing Name|Billing Street|"
        "Billing Address1|Billing Address2|Billing Company|Billing City|Billing Zip|Billing Province|"
        "Billing Country|Billing Phone|Shipping Name|Shipping Street|Shipping Address1|Shipping Address2|"
        "Shipping Company|Shipping City|Shipping Zip|Shipping Province|Shipping Country|Shipping Phone|Notes|"
        "Note Attributes|Cancelled at|Payment Method|Payment Reference|Refunded Amount|Vendor|"
        "Outstanding Balance|Employee|Location|Device ID|Id|Tags|Risk Level|Source|Lineitem discount|"
        "Tax 1 Name|Tax 1 Value|Tax 2 Name|Tax 2 Value|Tax 3 Name|Tax 3 Value|Tax 4 Name|Tax 4 Value|"
        "Tax 5 Name|Tax 5 Value|Phone|Receipt Number|Duties|Billing Province Name|Shipping Province Name|"
        "Payment ID|Payment Terms Name|Next Payment Due At|Payment References"
    ),
    "shopify_inventory": (
        "Handle|Title|Option1 Name|Option1 Value|Option2 Name|Option2 Value|Option3 Name|Option3 Value|SKU|"
        "HS Code|COO|Location|Bin name|Incoming (not editable)|Unavailable (not editable)|"
        "Committed (not editable)|Available (not editable)|On hand (current)|On hand (new)"
    ),
    "wangdiantong_stock": (
        "商家编码|条码|货品编号|货品名称|货品简称|货品标签|规格名称|规格码|品牌|分类|库存|单品重量|残次品|"
        "单位|可发库存|可用库存|警戒库存下限|警戒库存上限|未付款量|预订单量|待审核量|待发货量|锁定量|"
        "待采购量|采购在途|采购到货量|待调拨量|待调出量|其他待入库量|其他待出库量|调拨在途|采购退货|"
        "销售退货在途量|零售价|批发价|市场价|会员价|最低价|税率|最后盘点时间|实际库存|实际可发库存|主供应商|"
        "仓库|成本价"
    ),
    "meta_ads_report": (
        "Reporting starts|Reporting ends|Day|Campaign name|Ad set name|Ad name|Amount spent (USD)|"
        "Impressions|Reach|Frequency|Link clicks|Results|Result indicator|Purchases|"
        "Purchases conversion value|Purchase ROAS (return on ad spend)"
    ),
}

HEADERS: dict[str, tuple[str, ...]] = {name: tuple(line.split("|")) for name, line in _LISTS.items()}
