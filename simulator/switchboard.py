"""Connecting a citizen's message with the service, and the answer with the citizen's chat."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from itertools import count

from simulator import messages
from simulator.courier import Courier, Parcel
from simulator.exchange import Delivery, Exchange
from simulator.follower import Follower, Line
from simulator.messages import Message
from simulator.replies import FAULT_NOTICE

EXCHANGES_KEPT = 2000


class Switchboard:
    """Addresses messages, has them delivered, keeps the latest exchanges, fills the chats."""

    def __init__(self, courier: Courier, *, clock: Callable[[], datetime]) -> None:
        self.courier = courier
        self.exchanges: deque[Exchange] = deque(maxlen=EXCHANGES_KEPT)
        self._clock = clock
        self._exchange_ids = count(1)
        # Unlike those of an earlier run, so that a service with a database sees new messages.
        self._message_ids = count(int(clock().timestamp() * 1000) * 1_000_000)

    async def close(self) -> None:
        """Close the connections."""
        await self.courier.close()

    async def exchange(self, follower: Follower, message: Message, delivery: Delivery) -> Exchange:
        """Deliver a new message and show the citizen what comes back."""
        plain = messages.render(
            message,
            to=follower.account.original_id,
            sender=follower.citizen.openid,
            created=int((self._clock() - delivery.late_by).timestamp()),
            msg_id=next(self._message_ids),
        )
        line = self._put(follower, message)
        exchange = await self._carry(follower, message.kind, plain, delivery)
        if line:
            follower.mark(line, "sent")
        self._show(follower, exchange, notice=bool(message.shown))
        return exchange

    async def repeat(self, follower: Follower, exchange: Exchange, delivery: Delivery) -> Exchange:
        """Deliver an earlier message again; a reply is shown if there was none."""
        repeated = await self._carry(follower, exchange.kind, exchange.plain, delivery)
        if not exchange.reply:
            self._show(follower, repeated, notice=False)
        return repeated

    def _put(self, follower: Follower, message: Message) -> Line | None:
        if not message.shown:
            return None
        return follower.say(
            "system" if message.is_event else "citizen",
            message.kind,
            message.shown,
            at=self._clock(),
            details=message.details,
            state="waiting",
        )

    async def _carry(
        self, follower: Follower, kind: str, plain: str, delivery: Delivery
    ) -> Exchange:
        at, number = self._clock(), next(self._exchange_ids)
        account, openid = follower.account, follower.citizen.openid
        parcel = Parcel(account=account, openid=openid, plain=plain)
        exchange = Exchange(
            id=number,
            account=account.name,
            openid=openid,
            kind=kind,
            at=at,
            plain=plain,
            attempts=await self.courier.deliver(parcel, delivery),
        )
        self.exchanges.append(exchange)
        follower.changed()
        return exchange

    def _show(self, follower: Follower, exchange: Exchange, *, notice: bool) -> None:
        """Put the passive reply, or the fault notice, into the chat of a follower."""
        reply, at = exchange.reply, self._clock()
        if not follower.subscribed:
            return
        if reply and reply.kind != "transfer_customer_service":
            follower.say("account", reply.kind, reply.text, at=at, details=reply.details)
        elif exchange.faulty and notice:
            follower.say("system", "fault", FAULT_NOTICE, at=at)
