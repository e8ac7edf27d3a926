from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, shell

view = shell.require()
shell.head(view, "trends")
framework_choose.back()
framework_entry.draw(view, framework_choose.choose(Kind.TREND))
