from ecodash.ui import answers, empty, filters, overview, shell, tiles

view = shell.require()
shell.head(view, "overview")
if not empty.no_data(view):
    overview.standing(view)
    sales = view.ask("net_sales")[0]
    if not empty.filtered(view, sales):
        shown = tiles.row(view, "net_sales", "buyers", "spend_per_buyer", extra=overview.matured(view))
        answers.overview(view, shown)
        overview.trend(view)
        overview.channels(view)
