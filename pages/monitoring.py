from ecodash.ui import empty, monitoring, monitoring_orders, monitoring_rules, shell

view = shell.require()
shell.head(view, "monitoring")
if not empty.no_data(view):
    monitoring.days_field()
    made = monitoring.found(view)
    if made is not None:
        monitoring.answer(made)
        monitoring.changes(view, made)
        monitoring.course(view, made)
        monitoring.numbers(view, made)
        monitoring.silent(made)
        monitoring.alarms(view, made)
        monitoring_rules.rules(view, made)
    monitoring_orders.listed(view)
