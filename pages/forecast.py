import streamlit as st

from ecodash.ui import empty, forecast, forecast_archive, forecast_tables, forecast_what_if, shell

view = shell.require()
shell.head(view, "forecast")
if not empty.no_data(view):
    forecast.controls()
    found = forecast.look(view)
    if found is not None:
        forecast.numbers(view, found)
        forecast.answer(view, found)
        forecast.picture(view, found)
        forecast_tables.split(view, found)
        forecast_tables.track_record(view, found)
        left, right = st.columns(2)
        with left:
            forecast_tables.events(view, found)
            forecast_what_if.figures(view)
        with right:
            forecast_what_if.what_if(view, found)
        forecast_archive.archive(view, found)
