"""Says by hand what the columns of an unknown file are: field by field, with examples, nothing guessed silently."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.ingest.catalogue import CANONICAL_FIELDS, FIELD_ORDER
from ecodash.ingest.conform.required import NEEDED
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.mapping_arguments import parse_options
from ecodash.ingest.recognition import Recognition
from ecodash.session import FileCard, Session, Wishes
from ecodash.ui import labels, state
from ecodash.ui.words import language, md, named, say, t

EXAMPLES = 3
EXAMPLE_LENGTH = 22
SEEN_ROWS = 200
SHOWN = 8
# An order without a number or a day cannot be counted; its lines find their day through their order.
ORDERS = {"orders": (("order_id",), ("ordered_at", "paid_at")), "order_lines": (("order_id",),)}
WHO = ("customer_key", "member_id", "phone", "email")
WRITTEN = ("currency", "zone", "channel")
DAY_FIRST = {"auto": "", "yes": "yes", "no": "no"}


@dataclass(frozen=True, kw_only=True)
class _Editing:
    """The card under the editor, what one of its rows is said to be, and a few values of each of its columns."""

    key: str
    found: Recognition
    entity: str
    values: Dictionary[str, tuple[str, ...]]

    @property
    def proposed(self) -> Dictionary[str, tuple[str, ...]]:
        """The columns guessed by their names, where the guess was about the same kind of row."""
        return self.found.mapping.columns if self.entity == self.found.entity else {}

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """Groups of fields: of each group one must be said."""
        groups = ORDERS.get(self.entity) or NEEDED.get(self.entity, ())
        known = (tuple(name for name in group if name in CANONICAL_FIELDS) for group in groups)
        return tuple(names or WHO for names in known)

    def missing(self, chosen: Dictionary[str, tuple[str, ...]]) -> list[str]:
        """The groups nothing was chosen for, in words."""
        groups = [names for names in self.required if not any(name in chosen for name in names)]
        return [t("mapping.or").join(CANONICAL_FIELDS[name].to(language()) for name in names) for names in groups]


def draw(key: str, card: FileCard, shop: Session) -> None:
    """The editor of one card; when it is applied the card becomes what the mapping makes of the file."""
    if card.recognition is None:
        return
    st.markdown(f"**{say('mapping.title')}**")
    st.caption(say("mapping.hint"))
    found = card.recognition
    editing = _Editing(key=key, found=found, entity=_entity(key, found), values=examples(card))
    order = FIELD_ORDER[editing.entity]
    proposed = [field for field in order if field in editing.proposed]
    first = dict.fromkeys(
        (*(names[0] for names in editing.required), *proposed, *order[: max(0, SHOWN - len(proposed))])
    )
    chosen = _fields(editing, list(first))
    with st.expander(say("mapping.more")):
        chosen |= _fields(editing, [field for field in order if field not in first])
    pairs = _options(editing)
    missing = editing.missing(chosen)
    st.caption(say("mapping.missing", names=t("panel.and").join(missing)) if missing else say("mapping.complete"))
    ready = bool(chosen) and not missing
    if st.button(say("mapping.apply"), key=f"apply.{key}", disabled=not ready, icon=":material/play_arrow:"):
        _apply(editing, card, shop, chosen, pairs)


def examples(card: FileCard) -> dict[str, tuple[str, ...]]:
    """A few different values of each column, by the column's name."""
    found, raw = card.recognition, card.raw
    if found is None or raw is None:
        return {}
    start = found.header_row - raw.first_row + 1 if found.header_row else 0
    columns = raw.grid.columns[: len(found.names)]
    seen = raw.grid.slice(start, SEEN_ROWS).select(columns)
    shown = {}
    for name, column in zip(found.names, columns, strict=False):
        texts = [text.strip() for text in seen[column].drop_nulls().to_list() if text.strip()]
        shown[name] = tuple(text[:EXAMPLE_LENGTH] for text in list(dict.fromkeys(texts))[:EXAMPLES])
    return shown


def _entity(key: str, found: Recognition) -> str:
    known = list(FIELD_ORDER)
    return st.selectbox(
        t("mapping.entity"),
        known,
        index=known.index(found.entity) if found.entity in known else 0,
        key=f"entity.{key}",
        format_func={code: labels.entity(code) for code in known}.__getitem__,
    )


def _fields(editing: _Editing, fields: Sequence[str]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    names = list(editing.found.names)
    with_examples = {name: _with_examples(name, editing.values.get(name, ())) for name in names}
    with st.grid("auto", min_column_width=230, gap="small"):
        for field in fields:
            proposed = editing.proposed.get(field, ())
            label = md(CANONICAL_FIELDS[field].to(language()))
            picked = st.selectbox(
                f"{label} \\*" if any(field == names[0] for names in editing.required) else label,
                names,
                index=names.index(proposed[0]) if proposed and proposed[0] in names else None,
                key=f"field.{editing.key}.{editing.entity}.{field}",
                placeholder=t("mapping.not_there"),
                format_func=with_examples.__getitem__,
            )
            if picked:
                chosen[field] = proposed if picked in proposed[:1] else (picked,)
    return chosen


def _with_examples(name: str, values: Sequence[str]) -> str:
    return t("mapping.sample", name=name, values=" · ".join(values)) if values else name


def _options(editing: _Editing) -> list[str]:
    given = []
    with st.grid("auto", min_column_width=230, gap="small"):
        for name in WRITTEN:
            text = st.text_input(
                t(f"mapping.{name}"), key=f"option.{editing.key}.{name}", placeholder=t("mapping.auto")
            )
            given += [f"{name}={text.strip()}"] if text and text.strip() else []
        order = st.selectbox(
            t("mapping.day_first"),
            list(DAY_FIRST),
            key=f"option.{editing.key}.day_first",
            format_func=named("mapping.day_first_", DAY_FIRST),
        )
    return given + ([f"day_first={DAY_FIRST[order]}"] if DAY_FIRST[order] else [])


def _apply(
    editing: _Editing, card: FileCard, shop: Session, chosen: Dictionary[str, tuple[str, ...]], pairs: Sequence[str]
) -> None:
    try:
        mapped = remapped(card, shop, editing.entity, chosen, pairs)
    except EcodashError as error:
        st.error(md(error.message.to(language())), icon=":material/error:")
        return
    state.waiting()[editing.key] = mapped
    st.rerun()


def remapped(
    card: FileCard, shop: Session, entity: str, chosen: Dictionary[str, tuple[str, ...]], pairs: Sequence[str]
) -> FileCard:
    """The card read again with the columns said by hand. Raises the trouble this makes, MappingError for a setting."""
    options = parse_options(pairs, options=card.recognition.mapping.options if card.recognition else LoadOptions())
    wishes = Wishes(mapping=Mapping(entity=entity, columns=dict(chosen), options=options))
    name = card.file.partition(" › ")[0]
    mapped = next((one for one in shop.inspect(card.path, name=name, wishes=wishes) if one.file == card.file), card)
    if mapped.trouble is not None:
        raise mapped.trouble
    return mapped
