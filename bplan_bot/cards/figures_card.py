"""The answer about figures: which goal, a drawing, the sentences, and the figures in rows."""

from microsoft_teams.cards import CardElement, Container

from bplan_bot.answers import Suggestion
from bplan_bot.cards import goal_words as words
from bplan_bot.cards.charts import drawn
from bplan_bot.cards.look import look
from bplan_bot.cards.parts import block, buttons, capital, heading, reply
from bplan_bot.cards.rows import drawn_rows
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker

_IN_FULL = 3
"""Of more goals than this each is told in two sentences, so that a card stays readable and small."""


def render(answer: FigureAnswer, speaker: Speaker) -> Reply:
    """The answer as card, text and summary."""
    if len(answer.goals) == 1 and not answer.missing:
        return _one(answer, answer.goals[0], speaker)
    return _several(answer, speaker)


def _one(answer: FigureAnswer, told: GoalFigures, speaker: Speaker) -> Reply:
    status = told.status
    number, topic = status.goal.number, message(f"figures_topic.{answer.topic}")
    appearance = look(status.leading)
    small = speaker.say("figures_answer.small", number=number, topic=topic, plan=status.plan.title)
    full = speaker(words.full_status(status))
    body: list[CardElement] = [
        heading(small, speaker(status.goal.title), f"{appearance.sign} {full}", band=appearance.band)
    ]
    lines = [f"{small} · {speaker(status.goal.title)}", full, ""]
    sentences = _sentences(told, speaker)
    body.append(block(sentences, spacing="Medium"))
    lines.append(sentences)
    if told.drawing:
        body += drawn(told.drawing, speaker)
    if rows := _rows(told, speaker):
        body += drawn_rows(rows)
        lines += ["", *(f"{name}: {value}" for name, value in rows)]
    foot = words.foot(status, speaker)
    body.append(block(foot, size="Small", isSubtle=True, separator=True))
    body.append(buttons(_suggestions(answer.topic, number), speaker))
    return reply(body, lines=[*lines, "", foot], summary=_summary(told, speaker), speaker=speaker)


def _several(answer: FigureAnswer, speaker: Speaker) -> Reply:
    head = speaker.say(f"figures_topic.{answer.topic}")
    title = f"{head} · {speaker(answer.plan.title)}"
    lacking = [speaker.say("goal.does_not_exist", number=number) for number in answer.missing]
    lead = [*lacking, *(speaker(sentence) for sentence in answer.lead)]
    body: list[CardElement] = [heading(speaker(answer.plan.title), head, None, band="emphasis")]
    body += [block(line, spacing="Small") for line in lead]
    lines = [title, *lead]
    in_full = len(answer.goals) <= _IN_FULL
    for told in answer.goals:
        name = speaker.say("goal.named", number=told.status.goal.number, title=told.status.goal.title)
        status = speaker(words.full_status(told.status))
        sentences = _sentences(told, speaker, whole=in_full)
        body.append(_goal(told, f"{look(told.status.leading).sign} {status}", sentences, name=name))
        lines += ["", f"{name}: {status}", sentences]
    if any(told.status.handled_only for told in answer.goals):
        said = speaker(words.HANDLED_ONLY)
        body.append(block(said, size="Small", isSubtle=True, separator=True))
        lines += ["", said]
    body.append(buttons([Suggestion(message("button.overview"), "overblik")], speaker))
    return reply(body, lines=lines, summary=_summary_of_several(answer, lead, head, speaker), speaker=speaker)


def _goal(told: GoalFigures, status: str, sentences: str, *, name: str) -> Container:
    items: list[CardElement] = [
        block(name, weight="Bolder"),
        block(status, size="Small", isSubtle=True, spacing="None"),
        block(sentences, spacing="Small"),
    ]
    return Container(items=items, separator=True, spacing="Medium")


def _sentences(told: GoalFigures, speaker: Speaker, *, whole: bool = True) -> str:
    said = told.sentences if whole else told.sentences[:2]
    return " ".join(speaker(sentence) for sentence in said)


def _rows(told: GoalFigures, speaker: Speaker) -> list[tuple[str, str]]:
    return [(capital(speaker(row.name)), speaker(row.value)) for row in told.rows]


def _summary(told: GoalFigures, speaker: Speaker) -> str:
    return words.standing_first(told.status, speaker(told.sentences[0]), speaker)


def _summary_of_several(answer: FigureAnswer, lead: list[str], head: str, speaker: Speaker) -> str:
    """The first goal with status and figures, then what is said of all of them, or else the other goals."""
    told = [words.one_of_several(each.status, speaker) for each in answer.goals]
    if lead:
        return " ".join([*(f"{capital(one)}." for one in told[:1]), *lead])
    return f"{capital('; '.join(told))}. {head}"


def _suggestions(topic: FigureTopic, number: str) -> list[Suggestion]:
    """The goal itself, and the other questions its figures can answer."""
    asked = {
        FigureTopic.TREND: f"udvikling i mål {number}",
        FigureTopic.COMPARE: f"mål {number} sammenlignet med landet",
        FigureTopic.GAP: f"hvor langt er mål {number} fra målet?",
        FigureTopic.WHY: f"hvorfor har mål {number} den status?",
    }
    others = [
        Suggestion(message(f"figures_topic.{other}"), asks) for other, asks in asked.items() if other != topic
    ]
    return [Suggestion(message("button.open", number=number), f"status for mål {number}"), *others]
