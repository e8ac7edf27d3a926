from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, framework_types, shell

view = shell.require()
shell.head(view, "platform_type")
kinds = (Kind.PLATFORM_TYPE, Kind.OPERATING_FORM)
framework_choose.back()
framework_types.answer(view, *kinds)
framework_types.likeness(view, Kind.MODEL, *kinds)
framework_types.thresholds(view, Kind.MODEL, *kinds)
entry = framework_choose.choose(*kinds)
framework_types.of_entry(view, entry.id, *kinds)
framework_entry.draw(view, entry)
