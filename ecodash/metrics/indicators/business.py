"""Indicators of marketplaces, business accounts, factories, kinds of platforms, revenue, services and intake."""

from ecodash.metrics.indicators.ad_market import AD_MARKET
from ecodash.metrics.indicators.assortment import ASSORTMENT
from ecodash.metrics.indicators.business_accounts import BUSINESS_ACCOUNTS
from ecodash.metrics.indicators.direct_goods import DIRECT_GOODS
from ecodash.metrics.indicators.factory import FACTORY
from ecodash.metrics.indicators.fee_shares import FEE_SHARES
from ecodash.metrics.indicators.intake import INTAKE
from ecodash.metrics.indicators.margins import MARGINS
from ecodash.metrics.indicators.marketplace_trust import TRUST
from ecodash.metrics.indicators.platform_type import PLATFORM_TYPE
from ecodash.metrics.indicators.revenue import REVENUE
from ecodash.metrics.indicators.seller_services import SELLER_SERVICES
from ecodash.metrics.indicators.sellers import SELLERS
from ecodash.metrics.indicators.services import SERVICES

MARKETPLACE = (*SELLERS, *TRUST, *ASSORTMENT)
COMPANIES = (*BUSINESS_ACCOUNTS, *SELLER_SERVICES)
MONEY = (*FEE_SHARES, *AD_MARKET, *REVENUE, *MARGINS)

BUSINESS = (*MARKETPLACE, *COMPANIES, *DIRECT_GOODS, *FACTORY, *PLATFORM_TYPE, *MONEY, *SERVICES, *INTAKE)
