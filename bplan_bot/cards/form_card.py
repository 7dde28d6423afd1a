"""The card of a form: what a round still lacks, fields per goal that fold out, and receipts for the rest."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from microsoft_teams.cards import ActionSet, CardElement, Column, ColumnSet, Container, ToggleVisibilityAction

from bplan_bot.cards.form_figures import period_fields
from bplan_bot.cards.form_words import (
    colleague_choices,
    deadline,
    heading_words,
    lines_of,
    receipt_words,
    replaced,
    summary,
)
from bplan_bot.cards.parts import (
    DO,
    act_button,
    block,
    box,
    choice_input,
    heading,
    reply,
    text_input,
)
from bplan_bot.figure_values import Field
from bplan_bot.form import (
    LONGEST,
    OUTSIDE,
    PICKED,
    Act,
    Form,
    GoalForm,
    Receipt,
    field_id,
    said_of,
)
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker

IN_FULL = 5
"""At most so many goals have their fields on the card; the others are picked from a list."""

LARGEST = 26 * 1024
"""Bytes of a card. Teams takes 28 KB; what goes with it in a message needs room too."""


class FormCard:
    """Draws one form in one language."""

    def __init__(self, form: Form, speaker: Speaker) -> None:
        self._form = form
        self._say = speaker.say
        self._speaker = speaker

    def reply(self) -> Reply:
        """The form as card, text and summary."""
        form, speaker = self._form, self._speaker
        small, large = heading_words(form, speaker)
        head: list[CardElement] = [
            heading(small, large, None, band="accent"),
            *(block(words, spacing="Small", isSubtle=True) for words in deadline(form, speaker)),
            *(block(speaker(note), isSubtle=True) for note in form.notes),
            *self._said(),
            *(self._receipt(receipt) for receipt in form.receipts),
        ]
        # Those somebody is at are always there in full, so that nothing they wrote is lost.
        first = sorted(form.goals, key=lambda goal: not goal.is_open)
        least = max(1, sum(goal.is_open for goal in first))
        for count in range(max(IN_FULL, least), least - 1, -1):
            body = [*head, *self._body(first[:count])]
            lines = partial(lines_of, form, first[:count], speaker)
            drawn = reply(body, lines=lines, summary=summary(form, speaker), speaker=speaker)
            if len(json.dumps(drawn.card, ensure_ascii=False).encode()) < LARGEST:
                break
        return drawn

    def _body(self, full: Sequence[GoalForm]) -> list[CardElement]:
        goals = self._form.goals
        alone = len(goals) == 1
        shown = [self._goal(goal, alone=alone) for goal in goals if goal in full]
        return [*shown, *self._folded([goal for goal in goals if goal not in full]), *self._foot()]

    def _foot(self) -> list[CardElement]:
        foot = self._form.foot
        return [block(self._speaker(foot), size="Small", isSubtle=True, separator=True)] if foot else []

    def _said(self) -> list[CardElement]:
        form = self._form
        if form.said is None:
            return []
        sign = "✓" if form.went_well else "⚠"
        words = block(f"{sign} {self._speaker(form.said)}", weight="Bolder")
        return [box([words], "good" if form.went_well else "warning")]

    def _receipt(self, receipt: Receipt) -> CardElement:
        title, lines = receipt_words(receipt, self._form, self._speaker)
        goal = receipt.status.goal
        again = ActionSet(actions=[self._button("form.button.correct", Act.OPEN, goal.number)])
        items: list[CardElement] = [block(title, weight="Bolder")]
        items += [block(line, spacing="None") for line in lines]
        columns = [
            Column(width="stretch", items=items),
            Column(width="auto", items=[again], vertical_content_alignment="Center"),
        ]
        return box([ColumnSet(columns=columns)], "emphasis")

    def _folded(self, goals: Sequence[GoalForm]) -> list[CardElement]:
        """A list to pick one of the other goals from."""
        if not goals:
            return []
        choices = [(self._name(goal), goal.goal.number) for goal in goals]
        picker = choice_input(PICKED, self._say("form.pick", n=len(goals)), choices, goals[0].goal.number)
        opening = ActionSet(actions=[self._button("form.button.open", Act.OPEN, "")])
        columns = [
            Column(width="stretch", items=[picker]),
            Column(width="auto", items=[opening], vertical_content_alignment="Bottom"),
        ]
        return [ColumnSet.model_validate({"columns": columns, "separator": True, "spacing": "Medium"})]

    def _goal(self, goal: GoalForm, *, alone: bool) -> CardElement:
        """A goal's name, on which its fields fold out and in."""
        number = goal.goal.number
        section = Container.model_validate(
            {
                "id": f"fields-{number}",
                "isVisible": goal.is_open or alone,
                "items": self._fields(goal),
                "spacing": "Small",
            }
        )
        name = block(self._name(goal), weight="Bolder")
        if alone:
            items: list[CardElement] = [name, section]
        else:
            signs = [
                block(
                    sign, id=f"{state}-{number}", isVisible=(state == "less") == goal.is_open, spacing="None"
                )
                for state, sign in (("more", "▸"), ("less", "▾"))
            ]
            row = ColumnSet.model_validate(
                {
                    "columns": [Column(width="stretch", items=[name]), Column(width="auto", items=signs)],
                    "selectAction": ToggleVisibilityAction(
                        title=self._say("form.button.fold", number=number),
                        target_elements=[f"fields-{number}", f"more-{number}", f"less-{number}"],
                    ),
                }
            )
            items = [row, section]
        return Container.model_validate({"items": items, "separator": True, "spacing": "Medium"})

    def _fields(self, goal: GoalForm) -> list[CardElement]:
        own = goal.goal
        several = len(goal.periods) > 1
        note = text_input(field_id(own, "note"), self._say("form.note"), goal.note, maxLength=LONGEST)
        return [
            block(
                self._say("form.target", target=own.target_text), size="Small", isSubtle=True, spacing="None"
            ),
            *(
                element
                for period in goal.periods
                for element in period_fields(period, self._speaker, several=several)
            ),
            *self._correction(goal),
            *self._doubts(goal),
            note,
            *self._ends(goal),
        ]

    def _correction(self, goal: GoalForm) -> list[CardElement]:
        """What stands already, and the question why it is replaced."""
        stands = [words for form in goal.figures if (words := replaced(form, self._speaker))]
        if not stands:
            return []
        why = text_input(
            field_id(goal.goal, Field.REASON), self._say("form.reason"), goal.reason, maxLength=LONGEST
        )
        return [box([*map(block, stands), *self._problem(goal, Field.REASON), why], "warning")]

    def _doubts(self, goal: GoalForm) -> list[CardElement]:
        if goal.has_problem or not goal.doubts:
            return []
        lines: list[CardElement] = [block(self._speaker(doubt)) for doubt in goal.doubts]
        sure = self._button("form.button.sure", Act.REPORT, goal.goal.number, sure=goal.doubted)
        question = block(self._say("form.sure"), weight="Bolder")
        return [box([*lines, question, ActionSet(actions=[sure])], "warning")]

    def _problem(self, goal: GoalForm, field: Field) -> list[CardElement]:
        if goal.problem is None or goal.problem.field is not field:
            return []
        return [block(f"⚠ {self._speaker(goal.problem.said)}", weight="Bolder")]

    def _ends(self, goal: GoalForm) -> list[CardElement]:
        """What can be done; where no round asks for the goal, there is nobody to answer otherwise."""
        report = self._button("form.button.report", Act.REPORT, goal.goal.number, style="positive")
        if self._form.round is None:
            return [ActionSet(actions=[report])]
        return [self._buttons(goal, report), self._handing_on(goal)]

    def _buttons(self, goal: GoalForm, report: Any) -> CardElement:
        number = goal.goal.number
        hand_on = ToggleVisibilityAction(
            title=self._say("form.button.hand_on"), target_elements=[f"hand-on-{number}"]
        )
        actions: list[Any] = [
            report,
            self._button("form.button.no_news", Act.NO_NEWS, number),
            hand_on,
        ]
        return ActionSet(actions=actions)

    def _handing_on(self, goal: GoalForm) -> CardElement:
        own = goal.goal
        problem = self._problem(goal, Field.COLLEAGUE)
        picker = choice_input(
            field_id(own, Field.COLLEAGUE),
            self._say("form.colleague"),
            colleague_choices(goal, self._speaker),
            goal.colleague,
            placeholder=self._say("form.colleague.placeholder"),
            # Teams fills the list with people as one types; elsewhere there are only the goal's own.
            **{"choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
        )
        send = ActionSet(actions=[self._button("form.button.send", Act.HAND_ON, own.number)])
        return Container.model_validate(
            {
                "id": f"hand-on-{own.number}",
                "isVisible": bool(problem),
                "style": "attention" if problem else "emphasis",
                "items": [*problem, picker, send],
            }
        )

    def _button(self, title: str, act: Act, number: str, *, sure: str = "", **how: Any) -> Any:
        half = self._form.round.half if self._form.round else OUTSIDE
        carried = {
            DO: act.value,
            "round": f"{self._form.picture.plan.key}/{half}",
            "goal": number,
            "goals": " ".join(self._form.numbers),
        }
        if sure:
            carried["sure"] = sure
        return act_button(self._say(title), act.value, carried, **how)

    def _name(self, goal: GoalForm) -> str:
        return self._speaker(said_of(goal.goal))


def render(form: Form, speaker: Speaker) -> Reply:
    """The form as card, text and summary."""
    return FormCard(form, speaker).reply()
