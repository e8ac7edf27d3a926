"""The script Streamlit runs for every visitor and every click: the shell, then the page."""

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.ui import downloads, framework_choose, shell, state
from ecodash.ui.words import language

st.set_page_config(page_title="ecodash", page_icon=str(shell.icon_path()), layout="wide")
try:
    shell.start()
except EcodashError as error:
    shell.problem(error)
    st.stop()
spoken = language()
page = st.navigation(shell.pages(), expanded=True)
state.sync(page.url_path)
if language() != spoken:
    st.rerun()  # the titles of the pages were written before the address was read
shell.frame(page.url_path)
state.shell_ran(now=True)
try:
    page.run()
    framework_choose.feeds(page.url_path)
    downloads.page()
except EcodashError as error:
    shell.problem(error)
