"""The pieces every card is made of: the frame, text, tiles, facts and buttons."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from microsoft_teams.cards import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    ChoiceSetInput,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    Fact,
    FactSet,
    Mention,
    MentionedEntity,
    RichTextBlock,
    SubmitAction,
    TeamsCardProperties,
    TextBlock,
    TextInput,
    TextRun,
)

from bplan_bot.answers import Suggestion
from bplan_bot.reply import Card, Reply
from bplan_bot.texts.speaker import Speaker

ASK = "ask"
"""The verb of a button that asks a question; its data holds the words under the same key."""

LANGUAGE = "language"
"""The key under which a button that asks says which language the answer is to have."""

PLAN = "plan"
"""The key under which a button says which plan it is about."""

AS_OF = "as_of"
"""The key under which a button that asks says as of which earlier day, as its card is; an ISO date."""

DO = "do"
"""The key under which a button says what it does; the values that go with it stand beside it."""

Lines = Sequence[str]

_LIST_MARK = re.compile(r"^(\d+\.) ", re.MULTILINE)


def plain(words: str) -> str:
    """Words for a TextBlock, where a line that begins "4. kvartal" would turn into a numbered list."""
    return _LIST_MARK.sub("\\1\N{NO-BREAK SPACE}", words)


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def block(words: str, **how: Any) -> TextBlock:
    """A wrapping text; `how` are a TextBlock's own properties."""
    return TextBlock.model_validate({"type": "TextBlock", "text": plain(words), "wrap": True, **how})


def heading(small: str, large: str, status: str | None, *, band: str) -> Container:
    """The coloured band across the top: where we are, what it is about, and the status in words."""
    items: list[CardElement] = [
        block(small, size="Small", isSubtle=True),
        block(large, weight="Bolder", size="Medium", style="heading", spacing="None"),
    ]
    if status:
        items.append(block(status, weight="Bolder", size="Large", spacing="Small"))
    return Container.model_validate({"items": items, "style": band, "bleed": True})


def tiles(values: Sequence[tuple[str, str]]) -> ColumnSet:
    """Large figures side by side, each with what it is below it."""
    columns = [
        Column(
            width="stretch",
            items=[
                block(value, size="ExtraLarge", weight="Bolder"),
                block(label, size="Small", isSubtle=True, spacing="None"),
            ],
        )
        for value, label in values
    ]
    return ColumnSet.model_validate({"columns": columns, "spacing": "Medium"})


def verbatim(words: str, **how: Any) -> RichTextBlock:
    """What somebody wrote, letter by letter: in a TextBlock it could be a link or a list."""
    return RichTextBlock.model_validate({"inlines": [TextRun(text=words, italic=True)], **how})


def fact_rows(rows: Sequence[tuple[str, str]]) -> FactSet:
    """Short names with their values."""
    return FactSet(facts=[Fact(title=plain(title), value=plain(value)) for title, value in rows])


def ask_button(title: str, asks: str, speaker: Speaker) -> ExecuteAction:
    """A button that asks a question, for clients with and without Action.Execute.

    The questions are Danish, so one on a card in another language says which one its answer is to have. It
    asks of the plan that the card speaks of, and as of the same earlier day.
    """
    data = {ASK: asks}
    if speaker.language != "da":
        data[LANGUAGE] = speaker.language
    if speaker.plan:
        data[PLAN] = speaker.plan
    if speaker.as_of:
        data[AS_OF] = speaker.as_of.isoformat()
    return ExecuteAction(title=title, verb=ASK, data=data, fallback=SubmitAction(title=title, data=data))


def buttons(suggestions: Sequence[Suggestion], speaker: Speaker, *more: Action) -> ActionSet:
    """The questions to go on with, at most six actions in all since Teams hides the rest."""
    asked = [
        ask_button(speaker(one.label), one.asks, speaker.of(one.plan) if one.plan else speaker)
        for one in suggestions
    ]
    return ActionSet.model_validate({"actions": [*more, *asked][:6], "spacing": "Medium"})


def mention_of(person: str) -> str:
    """How a card's text names a person of the directory; the card needs `people` for it."""
    return f"<at>{person}</at>"


def with_mentions(words: str, people: Sequence[str]) -> str:
    """The words with each id of these people as a mention, which Teams shows as a link to who that is."""
    for person in people:
        words = words.replace(person, mention_of(person))
    return words


def reply(
    body: Sequence[CardElement],
    *,
    lines: Lines | Callable[[], Lines],
    summary: str,
    speaker: Speaker,
    people: Sequence[str] = (),
) -> Reply:
    """The three forms of one answer; `lines` may be what makes the lines of its text, `people` are the ids
    that the card mentions."""
    card = AdaptiveCard(body=list(body), version="1.5", lang=speaker.language)
    if people:
        entities = [
            Mention(text=mention_of(person), mentioned=MentionedEntity(id=person, name=person))
            for person in people
        ]
        card.msteams = TeamsCardProperties(entities=entities)
    return Reply(
        card=Card(card.model_dump(by_alias=True, exclude_none=True)),
        wording=(lambda: "\n".join(lines())) if callable(lines) else "\n".join(lines),
        summary=summary,
    )


def text_input(name: str, label: str, value: str, **how: Any) -> TextInput:
    """A field to write in; `how` are an Input.Text's own properties."""
    given = {"id": name, "label": label, "value": value} if value else {"id": name, "label": label}
    return TextInput.model_validate({"type": "Input.Text", **given, **how})


def choice_input(
    name: str, label: str, choices: Sequence[tuple[str, str]], chosen: str, **how: Any
) -> ChoiceSetInput:
    """A list to choose from: what each choice says and the value it carries."""
    offered = [{"title": title, "value": value} for title, value in choices]
    given = {"id": name, "label": label, "choices": offered, "style": "compact"}
    return ChoiceSetInput.model_validate(
        {"type": "Input.ChoiceSet", **given, **({"value": chosen} if chosen else {}), **how}
    )


def act_button(title: str, verb: str, carried: Mapping[str, str], **how: Any) -> ExecuteAction:
    """A button that acts on the fields of its card, for clients with and without Action.Execute."""
    return ExecuteAction.model_validate(
        {
            "type": "Action.Execute",
            "title": title,
            "verb": verb,
            "data": dict(carried),
            "associatedInputs": "auto",
            "fallback": SubmitAction(title=title, data=dict(carried)),
            **how,
        }
    )


def box(items: Sequence[CardElement], style: str) -> Container:
    """A coloured box around what belongs together."""
    return Container.model_validate(
        {"items": items, "style": style, "spacing": "Small", "roundedCorners": True}
    )


def beside(*elements: CardElement) -> ColumnSet:
    """Elements side by side, as wide as each other, standing on one line."""
    return ColumnSet(
        columns=[
            Column(width="stretch", items=[one], vertical_content_alignment="Bottom") for one in elements
        ]
    )
