from ecodash.ui import comparable, comparable_details, comparable_verdicts, empty, private_domain, repurchase, shell
from ecodash.ui import comparable_holdout as holdout

view = shell.require()
shell.head(view, "private_domain")
if not empty.no_data(view):
    standing = repurchase.standing(view)
    if not empty.filtered(view, standing) and not empty.block(standing, "private_domain"):
        comparable.controls()
        private_domain.numbers(view)
        asked = private_domain.query(view)
        status = private_domain.exposure(view)
        found = None
        if comparable.known(view, asked, status):
            found = comparable.look(view, asked, status, private_domain.FIGURE)
            comparable.answer(found)
            comparable.warnings(found)
        private_domain.migration(view)
        if found is not None:
            comparable.readings(view, found)
            private_domain.worth(view, found)
            comparable_verdicts.verdicts(view, found)
            comparable_details.over_windows(view, found)
            comparable_details.course(view, found)
            comparable_details.judged(view, found)
            holdout.draw(view, found)
        private_domain.cost(view)
        private_domain.channels(view)
        private_domain.social(view)
