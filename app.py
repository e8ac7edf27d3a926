"""Starts ecodash: ``streamlit run app.py``, ``python app.py`` or the command ``ecodash run``.

The interface is the script ``ecodash/ui/main.py``; around it this launcher puts the streaming upload route, the
security headers, the warm-up and one friendly answer to unexpected errors.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

if find_spec("ecodash") is None:
    sys.path.insert(0, str(Path(__file__).resolve().parent))

import streamlit as st

from ecodash.ui import server

app = st.App(
    server.MAIN_SCRIPT,
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    lifespan=server.lifespan,
    on_script_error=server.on_script_error,
)

if __name__ == "__main__":
    app.run()
