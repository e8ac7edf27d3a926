from ecodash.ui import definitions, shell

view = shell.require()
shell.head(view, "definitions")
definitions.draw(view)
