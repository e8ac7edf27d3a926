"""What the framework pages keep in the address."""

from ecodash.ui.state import Param

KINDS = ("models", "trends", "platform_types", "operating_forms", "revenue_models", "build", "risks", "lessons")
PARAMS = (
    Param(name="entry"),
    Param(name="kind", default=("models",), allowed=KINDS),
    Param(name="simulator"),
)
PAGE_OF = {
    "models": "models",
    "trends": "trends",
    "platform_types": "platform_type",
    "operating_forms": "platform_type",
    "revenue_models": "revenue",
    "build": "lessons",
    "risks": "risks",
    "lessons": "lessons",
}
"""Where entries of a kind are shown."""
ANALYSIS = {
    "customers": ("customers", "members", "repurchase"),
    "private_domain": ("private_domain",),
    "acquisition": ("acquisition",),
    "supply": ("inventory",),
    "forecast": ("forecast",),
    "fulfilment": ("fulfilment",),
    "monitoring": ("monitoring",),
    "risk": ("monitoring",),
}
"""The pages that look closer at the indicators of a family."""
