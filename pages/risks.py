from ecodash.framework.entry import Kind
from ecodash.ui import framework_choose, framework_entry, framework_risks, shell

view = shell.require()
shell.head(view, "risks")
framework_choose.back()
framework_risks.answer(view)
framework_risks.lights(view)
entry = framework_choose.choose(Kind.RISK)
framework_risks.signals(view, entry)
framework_risks.countermeasures(view, entry)
framework_entry.draw(view, entry)
