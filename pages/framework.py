from ecodash.ui import framework, framework_answers, framework_library, shell

view = shell.require()
shell.head(view, "framework")
here = framework_answers.position(view)
framework.kpis(view, here)
framework.answer(here)
framework.pages()
framework.matrix(view, here)
framework.next_uploads(here)
framework_library.draw(view)
