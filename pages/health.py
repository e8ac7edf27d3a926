from ecodash.ui import empty, health, health_identity, health_traps, shell

view = shell.require()
shell.head(view, "health")
if not empty.no_data(view):
    health.kpis(view)
    health.answer(view)
    health.findings(view)
    health.everything(view)
    health_identity.coverage(view)
    health_identity.bounds(view)
    health_traps.traps(view)
    health.passed(view)
