"""The card of an alert: which goal fell or recovered, on which figure, why, who answered, what to do."""

from collections.abc import Iterator

from microsoft_teams.cards import CardElement, Container

from bplan_bot.access import Person, Role
from bplan_bot.alert_answers import Draft
from bplan_bot.alert_state import Acknowledgement, AlertState, told_at
from bplan_bot.cards.alert_form import actions, opened, wanted, why_me
from bplan_bot.cards.look import look_of
from bplan_bot.cards.parts import block, fact_rows, heading, reply, verbatim
from bplan_bot.message import Message, message
from bplan_bot.notice import NoticeKind
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def alert(state: AlertState, speaker: Speaker, *, draft: Draft | None = None) -> Reply:
    """The notice as card, text and summary; with `draft` the form of an answer that was refused is open."""
    speaker = speaker.of(state.notice.plan)
    head = speaker.say(_head(state), number=state.notice.goal)
    now = speaker.say(f"status.{state.status}")
    figures = state.notice.facts["figures"][speaker.language] if _is_current(state) else ""
    return reply(
        _body(state, speaker, head, draft),
        lines=lambda: list(_lines(state, speaker, head, draft)),
        summary=speaker.say("alert.summary", head=head, status=now, figures=figures).strip(),
        speaker=speaker,
    )


def _body(state: AlertState, speaker: Speaker, head: str, draft: Draft | None) -> list[CardElement]:
    facts, language = state.notice.facts, speaker.language
    look = look_of(state.status)
    body: list[CardElement] = [
        heading(
            f"{head} · {facts['plan'][language]}",
            facts["title"][language],
            f"{look.sign} {speaker.say(f'status.{state.status}')}",
            band=look.band,
        ),
        *(block(line, isSubtle=True) for line in _repeated(state, speaker)),
        fact_rows(_rows(state, speaker)),
        *(block(line, spacing="Medium") for line in _why(state, speaker)),
    ]
    if answers := list(_answers(state, speaker)):
        body.append(_answered(answers))
    if draft:
        body.append(opened(state, draft, speaker))
    elif (below := actions(state, speaker)) is not None:
        body.append(below)
    return body


def _lines(state: AlertState, speaker: Speaker, head: str, draft: Draft | None) -> Iterator[str]:
    yield from (f"{head} · {state.notice.facts['plan'][speaker.language]}", *_repeated(state, speaker))
    yield from (f"{name}: {value}" for name, value in _rows(state, speaker))
    yield from _why(state, speaker)
    for said, words in _answers(state, speaker):
        yield from ("", said, f"  {words}") if words else ("", said)
    if draft:
        yield from ("", speaker(draft.mistake.said))
    else:
        yield from ("", *(speaker(said) for said in (why_me(state), wanted(state)) if said))


def _repeated(state: AlertState, speaker: Speaker) -> list[str]:
    return [speaker.say("alert.repeated")] if state.notice.repeat_of else []


def _why(state: AlertState, speaker: Speaker) -> list[str]:
    return [state.notice.facts["why"][speaker.language]] if _is_current(state) else []


def _head(state: AlertState) -> str:
    fell = state.notice.kind is NoticeKind.GOAL_FELL
    return "alert.goal_fell.over" if fell and state.recovery else f"alert.{state.notice.kind}"


def _is_current(state: AlertState) -> bool:
    """Whether the goal stands as when the notice was made, so that its figures still tell why."""
    return not any(change.at > state.notice.created_at for change in state.since)


def _rows(state: AlertState, speaker: Speaker) -> list[tuple[str, str]]:
    facts = state.notice.facts
    before, after = (message(f"status.{facts[when]}") for when in ("before", "after"))
    changed = told_at(state.notice).astimezone(state.now.tzinfo).date()
    rows = [("alert.row.now", speaker.say(f"status.{state.status}"))]
    if state.recovery:
        back = state.recovery.at.astimezone(state.now.tzinfo).date()
        fell = speaker.say("alert.fell_on", day=changed, before=before, after=after)
        rows += [("alert.row.fell", fell), ("alert.row.recovered", speaker.say("alert.day", day=back))]
    else:
        rows += [
            ("alert.row.before", speaker(before)),
            ("alert.row.changed", speaker.say("alert.day", day=changed)),
        ]
    if _is_current(state):
        rows.append(("alert.row.figures", facts["figures"][speaker.language]))
    return [(speaker.say(name), value) for name, value in rows]


def _answers(state: AlertState, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """What was answered, oldest first: who, when and until when, and the words they wrote (may be none)."""
    for said in state.acknowledgements:
        yield _acknowledged(said, state, speaker), said.note
    for snooze in reversed(state.snoozes):
        own = snooze.person == state.reader.id
        if snooze in state.put_off:
            yield (
                speaker.say("alert.put_off_until", until=snooze.until, who=_who(snooze.person, state)),
                snooze.reason,
            )
        elif own and state.notice.kind is NoticeKind.PUT_OFF:
            yield speaker.say("alert.put_off_ended", until=snooze.until), snooze.reason


def _acknowledged(said: Acknowledgement, state: AlertState, speaker: Speaker) -> str:
    at = said.at.astimezone(state.now.tzinfo)
    name = "alert.acknowledged.follow_up" if said.follow_up_on else "alert.acknowledged"
    clock = message("alert.clock", hour=f"{at:%H}", minute=f"{at:%M}")
    who = _who(said.person, state)
    return speaker.say(name, day=at.date(), clock=clock, who=who, follow_up=said.follow_up_on)


def _who(person_id: str, state: AlertState) -> Message:
    """Who answered: the reader, or a colleague by what they are to the goal. No names are kept."""
    if person_id == state.reader.id:
        return message("alert.who.you")
    person = state.people.get(person_id, Person(person_id))
    for role in (Role.OWNER, Role.STAND_IN, Role.REPORTER):
        if person.has_for(state.notice.goal, role):
            return message(f"role.{role}")
    for role in (Role.HEAD, Role.ADMINISTRATOR):
        if person.has(role):
            return message(f"role.{role}")
    return message("alert.who.somebody")


def _answered(answers: list[tuple[str, str]]) -> Container:
    items: list[CardElement] = []
    for said, words in answers:
        items.append(block(said, spacing="Medium" if items else "Default"))
        if words:
            items.append(verbatim(words, spacing="None"))
    return Container.model_validate({"style": "emphasis", "items": items, "spacing": "Medium"})
