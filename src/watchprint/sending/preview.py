"""What sending an import on would do, told before anything is sent. Reads Trakt's history; changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from watchprint.sending import keeping
from watchprint.sending.asking import foreseen
from watchprint.sending.report import Progress, Told
from watchprint.sending.sending import BATCH
from watchprint.sending.waiting import batches
from watchprint.store import Store
from watchprint.trakt.clients import AsyncTrakt
from watchprint.trakt.pacing import WRITE_GAP_S


@dataclass(slots=True)
class Preview:
    """What would become of each play of an import that Trakt does not have.

    Attributes:
        send: They would be sent.
        existing: Trakt has them: they are the same viewings, and would be noted as such.
        doubled: Trakt has one of that title at that minute, or the import names it twice.
        cannot: They cannot be sent, each with the reason.
        unsure: They may be there; they would be looked up first.
        least_s: Sending takes at least so long [s].
    """

    import_id: int
    send: list[Told] = field(default_factory=list)
    existing: list[Told] = field(default_factory=list)
    doubled: list[Told] = field(default_factory=list)
    cannot: list[Told] = field(default_factory=list)
    unsure: int = 0
    least_s: float = 0.0


async def preview(
    store: Store, trakt: AsyncTrakt, account_id: int, import_id: int, *,
    on_progress: Callable[[Progress], None] | None = None,
) -> Preview:  # fmt: skip
    """What sending would do, as Trakt's history stands now.

    Args:
        trakt: Trakt as this account's user.
        on_progress: Told after each batch that was looked for.

    Raises:
        SendingRefused: The account is local, or the import is another account's, or undone.
        UnknownRow: There is no such import.
        TraktError: Trakt's history could not be read.
    """
    everything = await store.aread(lambda work: keeping.meant(work, account_id, import_id))
    open_ = await store.aread(lambda work: work.plays.of_import(account_id, import_id, ["sending", "unsure"]))
    found = Preview(import_id, unsure=len(open_))
    found.cannot = [each.told() for each in everything if each.item is None]
    able = [each for each in everything if each.item is not None]
    done = 0
    for batch in batches(able, BATCH):
        around = await store.aread(lambda work: keeping.around(work, account_id, batch))  # noqa: B023
        decision, unknown = await trakt.runner.perform(foreseen(batch, around.taken, around.occupied))
        found.send += [each.told() for each in decision.send]
        found.existing += [each.told("Trakt has it") for each in batch if each.id in decision.found]
        found.doubled += [each.told("Trakt would have it twice") for each in decision.doubled]
        found.cannot += [each.told("Trakt does not know its title") for each in unknown]
        done += len(batch)
        if on_progress is not None:
            on_progress(Progress(done, len(able), 0.0))
    found.least_s = -(-len(found.send) // BATCH) * WRITE_GAP_S
    return found
