"""The screen: Streamlit widgets, state, cache. Nothing below this room knows that there is one."""
