from ecodash.ui import empty, overview, shell

view = shell.require()
shell.head(view, "overview")
if not empty.no_data(view) and not empty.filtered(view, view.ask("orders")[0]):
    shown = overview.kpis(view)
    overview.answer(view, shown)
    overview.trend(view)
    overview.channels(view)
