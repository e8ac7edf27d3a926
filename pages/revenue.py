from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, framework_simulators, shell

view = shell.require()
shell.head(view, "revenue")
framework_choose.back()
framework_simulators.draw(view)
framework_entry.draw(view, framework_choose.choose(Kind.REVENUE_MODEL))
