"""Goods: products, stock and purchasing."""

from ecodash.core.schema.table import Column, ColumnType, Table
from ecodash.core.text import Text

PRODUCTS = Table(
    name="products",
    label=Text(zh="商品", en="Products"),
    grain=Text(zh="每个 SKU 一行", en="one row per SKU"),
    level="recommended",
    key=("sku_id",),
    columns=(
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU"), required=True),
        Column("name", ColumnType.STR, Text(zh="名称", en="name")),
        Column("category_l1", ColumnType.STR, Text(zh="一级类目", en="top category")),
        Column(
            "kind",
            ColumnType.ENUM,
            Text(zh="类型", en="kind"),
            values=(
                "goods",
                "second_hand",
                "handmade",
                "custom",
                "digital",
                "service",
                "shared_asset",
            ),
        ),
        Column("supplier_id", ColumnType.STR, Text(zh="主供应商", en="main supplier"), ref="suppliers.supplier_id"),
        Column("unit_cost", ColumnType.DEC, Text(zh="单位成本", en="unit cost")),
        Column("launched_at", ColumnType.DATE, Text(zh="上架日期", en="launch date")),
        Column("is_green", ColumnType.BOOL, Text(zh="环保商品标记", en="green product flag")),
        Column(
            "is_service_addon", ColumnType.BOOL, Text(zh="安装、延保等服务行", en="service add-on such as installation")
        ),
        Column("product_id", ColumnType.STR, Text(zh="平台商品编号", en="product id of the platform")),
        Column("variant", ColumnType.STR, Text(zh="规格", en="variant")),
        Column("category_l2", ColumnType.STR, Text(zh="二级类目", en="second-level category")),
        Column("brand", ColumnType.STR, Text(zh="品牌", en="brand")),
        Column("barcode", ColumnType.STR, Text(zh="条码", en="barcode")),
        Column("list_price", ColumnType.DEC, Text(zh="标价", en="list price")),
        Column("source_status", ColumnType.STR, Text(zh="平台原始状态", en="status as written by the platform")),
    ),
)

INVENTORY = Table(
    name="inventory",
    label=Text(zh="库存快照", en="Inventory snapshots"),
    grain=Text(zh="日期×地点×SKU", en="date × location × SKU"),
    level="recommended",
    key=("snapshot_date", "location_id", "sku_id"),
    columns=(
        Column("snapshot_date", ColumnType.DATE, Text(zh="快照日期", en="snapshot date"), required=True),
        Column("location_id", ColumnType.STR, Text(zh="地点", en="location"), ref="locations.location_id"),
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU"), required=True, ref="products.sku_id"),
        Column("on_hand_qty", ColumnType.DEC, Text(zh="现货数量", en="quantity on hand"), required=True),
        Column("available_qty", ColumnType.DEC, Text(zh="可售数量", en="available to sell")),
        Column("reserved_qty", ColumnType.DEC, Text(zh="占用数量", en="reserved")),
        Column("inbound_qty", ColumnType.DEC, Text(zh="在途数量", en="on the way")),
        Column("safety_qty", ColumnType.DEC, Text(zh="安全库存", en="reorder level")),
        Column("unit_cost", ColumnType.DEC, Text(zh="单件成本", en="unit cost")),
    ),
)

SUPPLIERS = Table(
    name="suppliers",
    label=Text(zh="供应商", en="Suppliers"),
    grain=Text(zh="每个供应商一行", en="one row per supplier"),
    level="optional",
    key=("supplier_id",),
    columns=(
        Column("supplier_id", ColumnType.STR, Text(zh="供应商编号", en="supplier id"), required=True),
        Column(
            "kind",
            ColumnType.ENUM,
            Text(zh="类型", en="kind"),
            values=(
                "factory",
                "brand",
                "distributor",
            ),
        ),
        Column("certified", ColumnType.BOOL, Text(zh="资质已审核", en="qualification checked")),
        Column("since", ColumnType.DATE, Text(zh="合作起始", en="working together since")),
        Column("name", ColumnType.STR, Text(zh="名称", en="name")),
    ),
)

PURCHASE_ORDERS = Table(
    name="purchase_orders",
    label=Text(zh="采购单", en="Purchase orders"),
    grain=Text(zh="每张采购单每个 SKU", en="one row per PO and SKU"),
    level="optional",
    key=("po_id", "sku_id"),
    columns=(
        Column("po_id", ColumnType.STR, Text(zh="采购单号", en="PO id"), required=True),
        Column("sku_id", ColumnType.STR, Text(zh="商品编号", en="SKU"), required=True, ref="products.sku_id"),
        Column("supplier_id", ColumnType.STR, Text(zh="供应商", en="supplier"), ref="suppliers.supplier_id"),
        Column("ordered_at", ColumnType.DATE, Text(zh="下单日", en="ordered")),
        Column("promised_at", ColumnType.DATE, Text(zh="承诺到货日", en="promised")),
        Column("received_at", ColumnType.DATE, Text(zh="到货日，未到为空", en="received, null if open")),
        Column("qty", ColumnType.DEC, Text(zh="采购量", en="quantity")),
        Column("rejected_qty", ColumnType.DEC, Text(zh="拒收量", en="rejected quantity")),
        Column("unit_cost", ColumnType.DEC, Text(zh="采购单价", en="unit cost")),
    ),
)


TABLES = (PRODUCTS, INVENTORY, SUPPLIERS, PURCHASE_ORDERS)
