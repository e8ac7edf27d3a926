from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, framework_types, shell

view = shell.require()
shell.head(view, "models")
framework_choose.back()
framework_types.answer(view, Kind.MODEL)
entry = framework_choose.choose(Kind.MODEL, first=framework_types.best(view, Kind.MODEL))
framework_types.of_entry(view, entry.id, Kind.MODEL)
framework_entry.draw(view, entry)
