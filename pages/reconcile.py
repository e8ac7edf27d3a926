from ecodash.ui import empty, reconcile, reconcile_fields, shell

view = shell.require()
shell.head(view, "reconcile")
if not empty.no_data(view):
    found = reconcile.explained(view)
    if found is not None:
        reconcile.kpis(view, found)
        reconcile.answer(view, found)
        reconcile.bridge(view, found)
        reconcile.each(view, found)
        reconcile_fields.actions(view, found)
        reconcile.others(view, found)
