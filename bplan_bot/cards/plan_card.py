"""The answer about the plan: what it is about, the answer first, a drawing, rows, and its parts."""

from microsoft_teams.cards import CardElement, Container, ToggleVisibilityAction

from bplan_bot.cards import goal_words as words
from bplan_bot.cards.charts import drawn
from bplan_bot.cards.look import look
from bplan_bot.cards.parts import block, buttons, heading, reply, with_mentions
from bplan_bot.cards.rows import drawn_rows
from bplan_bot.figure_answers.answer import Row
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import message
from bplan_bot.plan_answers.answer import PlanAnswer, Section
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker

FOLDED = "folded"
"""The id of the part that its button unfolds."""


def render(answer: PlanAnswer, speaker: Speaker) -> Reply:
    """The answer as card, text and summary."""
    topic = message(f"plan_topic.{answer.topic}")
    small = speaker.say("plan_answer.small", topic=topic, plan=answer.plan.title)
    large = speaker(answer.heading)
    sentences = " ".join(speaker(sentence) for sentence in answer.sentences)
    people = answer.people
    foot = [speaker(sentence) for sentence in answer.foot]
    if answer.handled_only:
        foot.append(speaker(words.HANDLED_ONLY))
    standing = _standing(answer.about, speaker, figures=True) if answer.about else None
    body: list[CardElement] = [heading(small, large, standing, band="emphasis")]
    lines = [f"{small} · {large}", *([standing, ""] if standing else [])]
    if sentences:
        body.append(block(with_mentions(sentences, people), spacing="Medium"))
        lines.append(sentences)
    if answer.drawing:
        body += drawn(answer.drawing, speaker)
    if rows := _rows(answer.rows, speaker):
        body += drawn_rows([(name, with_mentions(value, people)) for name, value in rows])
        lines += ["", *_written(rows)]
    for section in answer.sections:
        body.append(_section(section, speaker))
        lines += ["", *_lines(section, speaker)]
    unfold = []
    if answer.fold:
        body.append(_folded(answer.folded, speaker))
        unfold.append(ToggleVisibilityAction(title=speaker(answer.fold), target_elements=[FOLDED]))
        for section in answer.folded:
            lines += ["", *_lines(section, speaker)]
    if foot:
        body.append(block(" · ".join(foot), size="Small", isSubtle=True, separator=True))
        lines += ["", " · ".join(foot)]
    body.append(buttons(answer.suggestions, speaker, *unfold))
    said = " ".join(map(speaker, answer.summary or answer.sentences))
    summary = words.standing_first(answer.about, said, speaker) if answer.about else said
    return reply(body, lines=lines, summary=summary, speaker=speaker, people=people)


def _folded(sections: tuple[Section, ...], speaker: Speaker) -> Container:
    items = [_section(section, speaker) for section in sections]
    return Container.model_validate({"id": FOLDED, "isVisible": False, "style": "emphasis", "items": items})


def _section(section: Section, speaker: Speaker) -> Container:
    items: list[CardElement] = [block(speaker(section.name), weight="Bolder")]
    if section.status:
        standing = _standing(section.status, speaker)
        items.append(block(standing, size="Small", isSubtle=True, spacing="None"))
    if section.sentences:
        items.append(block(" ".join(map(speaker, section.sentences)), spacing="Small"))
    if section.rows:
        items += drawn_rows(_rows(section.rows, speaker))
    return Container(items=items, separator=True, spacing="Medium")


def _lines(section: Section, speaker: Speaker) -> list[str]:
    name = speaker(section.name)
    head = f"{name}: {_standing(section.status, speaker)}" if section.status else name
    said = [" ".join(map(speaker, section.sentences))] if section.sentences else []
    return [head, *said, *_written(_rows(section.rows, speaker))]


def _standing(status: GoalStatus, speaker: Speaker, *, figures: bool = False) -> str:
    """The status in words behind its sign, with its key figures where they are not told below it."""
    told = [speaker(words.full_status(status)), *([words.key_figures(status, speaker)] if figures else [])]
    return f"{look(status.leading).sign} {' · '.join(told)}"


def _rows(rows: tuple[Row, ...], speaker: Speaker) -> list[tuple[str, str]]:
    return [(speaker(row.name), speaker(row.value)) for row in rows]


def _written(rows: list[tuple[str, str]]) -> list[str]:
    return [f"{name}: {value}" for name, value in rows]
