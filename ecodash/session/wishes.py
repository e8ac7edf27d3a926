"""What the operator says about a file before it is read: a format, a mapping by hand, settings of the load."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.mapping_arguments import parse_map, parse_options
from ecodash.ingest.matcher import entity_of
from ecodash.ingest.raw import RawTable
from ecodash.ingest.recipe import Recipe
from ecodash.ingest.recognise import recognise, recognise_as, recognise_with
from ecodash.ingest.recognition import Recognition


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """``columns`` are ``field=Header`` pairs, ``options`` are ``key=value`` pairs, both still text.

    ``accept`` takes the proposal for an unknown file as it is, with ``columns`` laid over it; without it a mapping by
    hand holds exactly the fields named. ``mapping`` is a whole mapping already made, as the mapping editor gives it.
    """

    format: str | None = None
    columns: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    accept: bool = False
    mapping: Mapping | None = None

    def load_options(self) -> LoadOptions:
        """The settings of the load; raises MappingError for one that does not exist or has no such value."""
        return self.mapping.options if self.mapping else parse_options(self.options)


NOTHING = Wishes()


def understand(raw: RawTable, wishes: Wishes = NOTHING, recipes: Sequence[Recipe] = ()) -> Recognition:
    """What ``raw`` is, with the operator's wishes laid over what its headers say.

    Raises UnknownFormat when the wished format does not fit, MappingError when a field, header or setting is unknown.
    """
    if wishes.mapping is not None:
        return recognise_with(raw, wishes.mapping)
    seen = recognise_as(raw, wishes.format) if wishes.format else recognise(raw, recipes=recipes)
    options = parse_options(wishes.options, options=seen.mapping.options)
    if options.no_header or options.header_row:
        moved = recognise_with(raw, replace(seen.mapping, options=options))
        seen = replace(moved, confirmed=seen.confirmed and bool(moved.mapping.columns))
    if wishes.columns:
        return recognise_with(raw, _by_hand(seen, wishes, options))
    accepted = seen.confirmed or (wishes.accept and seen.entity is not None)
    return replace(seen, mapping=replace(seen.mapping, options=options), confirmed=accepted)


def _by_hand(seen: Recognition, wishes: Wishes, options: LoadOptions) -> Mapping:
    base = seen.mapping if wishes.accept or seen.confirmed else Mapping(entity="")
    named = parse_map(wishes.columns, headers=seen.names, mapping=base)
    entity = named.entity or entity_of(named.columns) or seen.mapping.entity
    return replace(named, entity=entity, options=options, format=base.format)
