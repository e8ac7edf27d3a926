from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, framework_regions, shell

view = shell.require()
shell.head(view, "lessons")
framework_choose.back()
framework_regions.compare(view)
framework_entry.draw(view, framework_choose.choose(Kind.LESSON, Kind.BUILD))
