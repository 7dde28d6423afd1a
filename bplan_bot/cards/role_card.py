"""The form to give or take a role: who, which role, on which goal."""

from collections.abc import Sequence

from microsoft_teams.cards import (
    ActionSet,
    CardElement,
    ChoiceSetInput,
    ExecuteAction,
    SubmitAction,
    TextInput,
)

from bplan_bot.access import Role
from bplan_bot.answers import RoleForm
from bplan_bot.cards.parts import DO, block, heading, reply
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker

GIVE, TAKE = "give_role", "take_role"
"""What the form's button does, under `DO`."""

PERSON, OBJECT_ID, ROLE, GOAL = "person", "object_id", "role", "goal"
"""The form's fields: a person picked, an object id typed instead, and the values of `Role` and of a goal."""

LONGEST_ID = 100


def render(answer: RoleForm, speaker: Speaker) -> Reply:
    """The form as card; as text the sentence that does the same."""
    say = speaker.say
    head = say("roles.form.take" if answer.taking else "roles.form.give")
    problem = [speaker(answer.problem)] if answer.problem else []
    told = [(say("roles.form.role"), say(f"role.{answer.role}"))] if answer.role else []
    told += [(say("roles.form.goal"), answer.goal)] if answer.goal else []
    body: list[CardElement] = [
        heading(speaker(answer.plan.title), head, None, band="emphasis"),
        *(block(line, weight="Bolder") for line in problem),
        _picker(say("roles.form.person"), say("roles.form.search")),
        _typed(answer.person, say("roles.form.object_id")),
        _choices(
            ROLE, say("roles.form.role"), [(say(f"role.{one}"), one) for one in Role], answer.role or ""
        ),
        _choices(GOAL, say("roles.form.goal"), _goals(answer, speaker), answer.goal),
        _button(head, TAKE if answer.taking else GIVE),
    ]
    example = say("roles.example.take" if answer.taking else "roles.example.give")
    lines = [
        head,
        *problem,
        *(f"{name}: {value}" for name, value in told),
        say("text.try", questions=example),
    ]
    return reply(body, lines=lines, summary=" ".join([f"{head}.", *problem]), speaker=speaker)


def _goals(answer: RoleForm, speaker: Speaker) -> list[tuple[str, str]]:
    whole = (speaker.say("roles.form.whole_plan"), "")
    return [whole, *((f"{g.number} {speaker(g.title)}", g.number) for g in answer.plan.goals)]


def _picker(label: str, search: str) -> ChoiceSetInput:
    """A search among the people of the municipality; the value is their Entra object id."""
    return ChoiceSetInput.model_validate(
        {
            "id": PERSON,
            "label": label,
            "placeholder": search,
            "choices": [],
            "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
            "style": "filtered",
        }
    )


def _typed(person: str, label: str) -> TextInput:
    given = {"value": person} if person else {}
    return TextInput.model_validate({"id": OBJECT_ID, "label": label, "maxLength": LONGEST_ID, **given})


def _choices(name: str, label: str, choices: Sequence[tuple[str, str]], chosen: str) -> ChoiceSetInput:
    offered = [{"title": title, "value": value} for title, value in choices]
    given = {"id": name, "label": label, "choices": offered, "style": "compact"}
    return ChoiceSetInput.model_validate(given | ({"value": chosen} if chosen else {}))


def _button(title: str, does: str) -> ActionSet:
    submit = SubmitAction(title=title, data={DO: does})
    return ActionSet(actions=[ExecuteAction(title=title, verb=does, data={DO: does}, fallback=submit)])
