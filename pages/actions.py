from ecodash.ui import framework_actions, framework_answers, framework_choose, shell

view = shell.require()
shell.head(view, "actions")
framework_choose.back()
here = framework_answers.position(view)
framework_actions.answer(here)
framework_actions.listed(view, here)
framework_actions.decisions(view)
