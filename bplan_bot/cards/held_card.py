"""The card that puts changes which were held back to an administrator, and says what was decided."""

from microsoft_teams.cards import ActionSet, CardElement

from bplan_bot.answers import Suggestion
from bplan_bot.cards.parts import DO, act_button, ask_button, block, heading, reply
from bplan_bot.held_changes import HeldAct, HeldChanges
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def held(changes: HeldChanges, speaker: Speaker) -> Reply:
    """What changed at once and why nobody was told; then the choice, or what became of it."""
    facts = changes.notice.facts
    speaker = speaker.of(facts["plan"])
    goals = speaker.listed(list(facts["goals"]))
    # Notices of before do not say what their plan is called.
    title = facts.get("title", {}).get(speaker.language, facts["plan"])
    head = speaker.say("alert.many_changes")
    what = speaker.say("alert.many_changes.what", goals=goals)
    then = _then(changes, speaker)
    body: list[CardElement] = [
        heading(f"{speaker.say('alert.administrator')} · {title}", head, None, band="warning"),
        block(what),
        block(then, spacing="Medium", weight="Bolder" if changes.decision else "Default"),
        ActionSet.model_validate({"actions": _actions(changes, speaker), "spacing": "Medium"}),
    ]
    return reply(body, lines=[f"{head} · {title}", what, then], summary=f"{head}. {what}", speaker=speaker)


def _then(changes: HeldChanges, speaker: Speaker) -> str:
    decision = changes.decision
    if decision is None:
        return speaker.say("held.choose")
    at = decision.at.astimezone(changes.now.tzinfo)
    when = {"day": at.date(), "time": f"{at:%H.%M}"}
    if decision.act is HeldAct.DROP:
        return speaker.say("held.dropped", **when)
    if not decision.told:
        return speaker.say("held.nobody", **when)
    return speaker.say("held.released", **when, n=decision.told)


def _actions(changes: HeldChanges, speaker: Speaker) -> list[object]:
    look = Suggestion(message("button.overview"), "overblik")
    shown = ask_button(speaker(look.label), look.asks, speaker)
    if changes.decision:
        return [shown]
    # The notice's row, since an object id within its key may look like a CPR number.
    carried = {"notice": str(changes.notice.id)}
    labels = {HeldAct.RELEASE: "held.button.release", HeldAct.DROP: "held.button.drop"}
    choices = [act_button(speaker.say(said), act, {DO: act.value, **carried}) for act, said in labels.items()]
    return [*choices, shown]
