"""What is around every page: navigation, language, filters, the sample-shop banner, the head of the page."""

from pathlib import Path

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.session import Session
from ecodash.session.places import bundle_root
from ecodash.ui import (
    as_of,
    cache,
    customers_params,
    filters,
    forecast_params,
    framework_params,
    fulfilment_params,
    inventory_params,
    members_params,
    monitoring_params,
    reconcile_fields,
    report,
    scope,
    state,
    switchboard,
)
from ecodash.ui.view import View, current, live_shop, shop_now
from ecodash.ui.watermark import watermark
from ecodash.ui.words import NAMES, TAGS, browser_language, language, md, say, t

SHOP_PAGES = (
    *("overview", "sales", "repurchase"),
    *("customers", "acquisition", "inventory", "fulfilment", "members", "private_domain"),
)
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "nav.shop": (("overview", "monitoring"), ("sales", "bar_chart"), ("repurchase", "cycle")),
    "nav.customers": (
        ("members", "card_membership"),
        ("private_domain", "forum"),
        ("customers", "diversity_3"),
        ("acquisition", "campaign"),
    ),
    "nav.supply": (
        ("inventory", "inventory_2"),
        ("forecast", "query_stats"),
        ("fulfilment", "local_shipping"),
        ("monitoring", "notifications"),
    ),
    "nav.framework": (
        ("framework", "grid_view"),
        ("models", "hub"),
        ("trends", "trending_up"),
        ("platform_type", "storefront"),
        ("revenue", "payments"),
        ("risks", "crisis_alert"),
        ("lessons", "school"),
        ("actions", "checklist"),
    ),
    "nav.workspace": (
        ("data", "upload_file"),
        ("health", "health_and_safety"),
        ("reconcile", "balance"),
        ("definitions", "menu_book"),
    ),
}


def pages() -> dict[str, list[st.Page]]:
    """The pages by section; their addresses are the same in both languages."""
    folder = bundle_root() / "pages"
    return {
        t(section): [_page(folder, name, icon) for name, icon in entries]
        for section, entries in PAGES.items()
        if entries
    }


def start() -> None:
    """Declares the parameters; first of all in a run."""
    own = own_shop()
    cache.look(own)
    declared = filters.params(language=browser_language(), shop="sample" if cache.is_empty(own) else "own")
    pages_own = (
        *reconcile_fields.PARAMS,
        *switchboard.PARAMS,
        *members_params.PARAMS,
        *customers_params.PARAMS,
        *inventory_params.PARAMS,
        *forecast_params.PARAMS,
        *fulfilment_params.PARAMS,
        *monitoring_params.PARAMS,
        *framework_params.PARAMS,
    )
    state.declare([*declared, as_of.PARAM, *pages_own])


def require() -> View:
    """The view of this run; starts over through the shell when a page was opened without it."""
    if not state.shell_ran(now=False):
        start()
        st.navigation(pages(), position="hidden")
        st.rerun()
    return current()


def frame(page_id: str) -> None:
    """Logo, language of the document, side bar, messages of the last run; filters only where they apply."""
    static = bundle_root() / "static"
    st.logo(str(static / "logo.svg"), size="large", icon_image=str(static / "favicon.svg"))
    st.html(
        f"<script>document.documentElement.lang={TAGS[language()]!r}</script>",
        unsafe_allow_javascript=True,
        width="content",
    )
    with st.sidebar:
        _language()
        if page_id in {"", *SHOP_PAGES}:
            shop, _ = shop_now()
            filters.fields(shop, cache.window(shop))
        as_of.field(live_shop()[0])
        _link()
    loaded = False
    for message in state.messages():
        if message.lasting:
            (st.error if "error" in message.icon else st.success)(message.text, icon=message.icon)
            loaded = loaded or "error" not in message.icon
        else:
            st.toast(message.text, icon=message.icon)
    if loaded:
        st.page_link(page("overview"), label=say("intake.to_overview"), icon=":material/monitoring:")


def problem(error: EcodashError) -> None:
    """Says a problem the visitor can act on."""
    st.error(md(error.message.to(language())), icon=":material/error:")


def head(view: View, name: str) -> None:
    """Title, question and, where there are data, the days in question and the filters in force; begins the report."""
    report.begin(name)
    st.title(say(f"{name}.title"), anchor=False)
    st.caption(say(f"{name}.question"))
    if view.sample:
        _banner(name)
    as_of.banner(view.shop)
    if view.whole is not None and name in SHOP_PAGES:
        scope.line(view)
        filters.chips()


def page(name: str) -> Path:
    """The file of a page, for links to it."""
    return bundle_root() / "pages" / f"{name}.py"


def own_shop() -> Session:
    """The visitor's own workspace, whatever shop is shown."""
    return cache.own_shop(cache.workspace_folder())


def icon_path() -> Path:
    """The icon of the browser tab."""
    return bundle_root() / "static" / "favicon.svg"


def leave_sample() -> None:
    """Shows the visitor's own workspace from now on."""
    state.put("shop", ["own"])


def show_sample() -> None:
    """Shows the sample shop from now on."""
    state.put("shop", ["sample"])


def _page(folder: Path, name: str, icon: str) -> st.Page:
    return st.Page(
        folder / f"{name}.py",
        title=t(f"{name}.nav"),
        icon=f":material/{icon}:",
        url_path=name,
        default=name == "overview",
    )


def _language() -> None:
    key, store = state.widget("lang")
    st.segmented_control(
        "Language / 语言",
        list(NAMES),
        key=key,
        on_change=store,
        required=True,
        format_func=NAMES.__getitem__,
        label_visibility="collapsed",
        width="stretch",
    )


def _banner(name: str) -> None:
    watermark(say("sample.watermark"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sample"):
        st.badge(say("sample.watermark"), icon=":material/storefront:", color="orange")
        st.caption(say("data.own" if name == "data" else "sample.banner"), width="content")
        st.button(
            say("sample.leave"), on_click=leave_sample, key="leave_sample", type="tertiary", icon=":material/logout:"
        )


def _link() -> None:
    with st.popover(say("link.title"), icon=":material/link:", type="tertiary"):
        st.caption(say("link.hint"))
        st.code(filters.link_text(st.context.url or ""), language=None, wrap_lines=True)
