"""Where definitions come from: published pages and papers by name, and what this project decided itself."""

CONVENTION = "ecodash (docs/definitions.md)"

# Analytics vendors
SHOPIFY = "Shopify Help Center, Customers reports (help.shopify.com)"
LITTLE_STREAM = "Little Stream Software, Returning Customer Rate (littlestreamsoftware.com/glossary)"
LITTLE_STREAM_REPORTS = "Little Stream Software, Repeat Customer Insights: store analysis and order sequencing"
PEEL = "Peel Insights, Retention rate vs repurchase rate (help.peelinsights.com)"
PEEL_BLOG = "Peel Insights, Repurchase vs retention rate (peelinsights.com/post)"
TRESL = "Tresl Segments FAQ, What is repeat on the customer cohort page (tresl.co)"
BY_THE_NUMBERS = "By the Numbers, Customer types report (help.bythenumbersapp.com)"
CHARTCASTR = "Chartcastr, Triple Whale charts: Repeat Purchase Rate (docs.chartcastr.com)"
TRIPLE_WHALE = "Triple Whale, Metrics library (kb.triplewhale.com)"
FAIRVIEW = "Fairview, Repeat purchase rate (getfairview.com/glossary)"
SOURCE_MEDIUM = "SourceMedium, Why is my customer count higher than in Shopify (help.sourcemedium.com)"
TOOLIO = "Toolio, Retail math fundamentals (toolio.com)"

# Chinese practice
TAOBAO_TERMS = "生意参谋 · 指标解释 (plnmw.com)"
REPURCHASE_TERMS = "复购率、回购率的定义 (m.guangfuqiang.com)"
REPURCHASE_READINGS = "复购率的几种算法 (youkuaiyun.com, 105727822)"
E_SHUTONG = "复购率按人与按单的算法 (eshutong.com)"
GMV_TERMS = "跨境电商数据分析指标 (rlut.cn)"

# Papers
KAPLAN_MEIER = "Kaplan & Meier (1958), Nonparametric estimation from incomplete observations, JASA 53"
CXDATA = "cxData, Glossary: days between orders (help.cxdata.ai)"
MANSKI = "Manski (1990), Nonparametric bounds on treatment effects, AER 80"
