"""What somebody can do on an alert's card: acknowledge, put off, see why it came, and want no more."""

from collections.abc import Sequence
from datetime import date, timedelta

from microsoft_teams.cards import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    DateInput,
    ExecuteAction,
    ShowCardAction,
    SubmitAction,
    TextInput,
)

from bplan_bot.access import Person, Role
from bplan_bot.alert_answers import (
    ACKNOWLEDGE,
    FOLLOW_UP_ON,
    LONGEST,
    NOTE,
    OPT_IN,
    OPT_OUT,
    PUT_OFF,
    REASON,
    SHOW,
    UNTIL,
    Draft,
    latest,
)
from bplan_bot.alert_state import AlertState
from bplan_bot.cards.parts import DO, ask_button, block
from bplan_bot.message import Message, message
from bplan_bot.notice import NoticeKind
from bplan_bot.texts.speaker import Speaker


def actions(state: AlertState, speaker: Speaker) -> ActionSet | None:
    """The buttons below an alert; none on the card of a fall that is over."""
    if state.is_over:
        return None
    goal = state.notice.goal
    chosen: list[Action] = []
    if state.may_be_answered and state.own_acknowledgement is None:
        chosen.append(_unfolding("alert.button.acknowledge", _form(ACKNOWLEDGE, state, speaker), speaker))
    if state.may_be_answered:
        chosen.append(_unfolding("alert.button.put_off", _form(PUT_OFF, state, speaker), speaker))
    chosen.append(ask_button(speaker.say("alert.button.open"), f"status for mål {goal}", speaker))
    chosen.append(_unfolding("alert.button.why_me", _why_me(state, speaker), speaker))
    return ActionSet.model_validate({"actions": chosen, "spacing": "Medium"})


def opened(state: AlertState, draft: Draft, speaker: Speaker) -> Container:
    """The form of a refused answer, open and with what was typed, and nothing else to press."""
    back = _button("alert.button.back", SHOW, state, speaker)
    items = _form(draft.answer, state, speaker, draft=draft, more=[back])
    head = block(speaker.say(_TITLES[draft.answer]), weight="Bolder")
    return Container.model_validate({"items": [head, *items], "spacing": "Medium", "separator": True})


def why_me(state: AlertState) -> Message:
    """As what somebody gets an alert: the day they set, or their roles."""
    if state.notice.kind is NoticeKind.FOLLOW_UP:
        return message("alert.why_me.follow_up", number=state.notice.goal)
    return message("alert.why_me", roles=_roles(state.reader, state.notice.goal))


def wanted(state: AlertState) -> Message | None:
    """Whether they get alerts at all, and how to change it; None on what they asked for themselves."""
    if state.notice.kind is NoticeKind.FOLLOW_UP or state.is_over:
        return None
    return message("alert.opted_out" if state.opted_out else "alert.opting_out")


_TITLES = {ACKNOWLEDGE: "alert.button.acknowledge", PUT_OFF: "alert.button.put_off"}
_SENDING = {ACKNOWLEDGE: "alert.button.send_acknowledgement", PUT_OFF: "alert.button.send_put_off"}


def _form(
    answer: str,
    state: AlertState,
    speaker: Speaker,
    *,
    draft: Draft | None = None,
    more: Sequence[Action] = (),
) -> list[CardElement]:
    """The fields of an answer and its button. The mistake of a refused one stands at its field."""
    fields: dict[str, CardElement]
    if answer == ACKNOWLEDGE:
        fields = {NOTE: _text(NOTE, speaker, draft), FOLLOW_UP_ON: _day(FOLLOW_UP_ON, state, speaker, draft)}
    else:
        fields = {UNTIL: _day(UNTIL, state, speaker, draft), REASON: _text(REASON, speaker, draft)}
    items: list[CardElement] = []
    for name, field in fields.items():
        if draft and name == draft.mistake.field:
            said = block(speaker(draft.mistake.said), weight="Bolder")
            items.append(Container.model_validate({"style": "attention", "items": [said]}))
        items.append(field)
    send = _button(_SENDING[answer], answer, state, speaker, style="positive")
    return [*items, ActionSet.model_validate({"actions": [send, *more]})]


def _text(field: str, speaker: Speaker, draft: Draft | None) -> TextInput:
    # No field is marked as required: an unfolded card of some clients then refuses its other buttons too,
    # and the sentence that the bot has for it says more.
    return TextInput(
        id=field,
        label=speaker.say(f"alert.field.{field}"),
        is_multiline=True,
        max_length=LONGEST,
        value=draft.typed[field] if draft and draft.typed[field] else None,
    )


def _day(field: str, state: AlertState, speaker: Speaker, draft: Draft | None) -> DateInput:
    today = state.now.date()
    return DateInput(
        id=field,
        label=speaker.say(f"alert.field.{field}"),
        placeholder=speaker.say("alert.field.choose_day"),
        min=(today + timedelta(days=1)).isoformat(),
        max=latest(today).isoformat(),
        value=_readable_day(draft.typed[field]) if draft else None,
    )


def _readable_day(typed: str) -> str | None:
    """A day as clients show it; they would not draw a field that holds anything else."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return None


def _why_me(state: AlertState, speaker: Speaker) -> list[CardElement]:
    items: list[CardElement] = [block(speaker(why_me(state)))]
    if said := wanted(state):
        choice = ("alert.button.opt_in", OPT_IN) if state.opted_out else ("alert.button.opt_out", OPT_OUT)
        items += [
            block(speaker(said)),
            ActionSet.model_validate({"actions": [_button(*choice, state, speaker)]}),
        ]
    return items


def _roles(person: Person, goal: str) -> tuple[Message, ...]:
    """What somebody is to a goal, in words."""
    own = [role for role in (Role.OWNER, Role.REPORTER, Role.STAND_IN) if person.has_for(goal, role)]
    general = [role for role in (Role.HEAD, Role.ADMINISTRATOR) if person.has(role)][: 0 if own else 1]
    head = [Role.HEAD] if own and person.has(Role.HEAD) else general
    return (
        *(message("alert.role.general", role=message(f"role.{role}")) for role in head),
        *(message("alert.role.of_goal", role=message(f"role.{role}"), number=goal) for role in own),
    )


def _unfolding(title: str, items: Sequence[CardElement], speaker: Speaker) -> ShowCardAction:
    card = AdaptiveCard(body=list(items), version="1.5")
    return ShowCardAction(title=speaker.say(title), card=card)


def _button(
    title: str, does: str, state: AlertState, speaker: Speaker, *, style: str | None = None
) -> ExecuteAction:
    """A button that acts on this notice, for clients with and without Action.Execute.

    It carries the notice's row and not its key: an object id in that may look like a CPR number.
    """
    said = speaker.say(title)
    carried = {DO: does, "notice": state.notice.id}
    return ExecuteAction.model_validate(
        {
            "title": said,
            "verb": does,
            "data": carried,
            "style": style,
            "fallback": SubmitAction(title=said, data=carried),
        }
    )
