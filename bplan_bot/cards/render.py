"""Which card module renders which answer."""

from bplan_bot.answers import (
    Answer,
    GoalAnswer,
    GoalsAnswer,
    HelpAnswer,
    OverviewAnswer,
    PlainAnswer,
    RoleForm,
    RoundClosing,
    RoundStanding,
)
from bplan_bot.cards import (
    figures_card,
    form_card,
    goal_card,
    goals_card,
    help_card,
    overview_card,
    plain_card,
    plan_card,
    role_card,
    round_card,
)
from bplan_bot.cards.correction import corrected
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.form import Form
from bplan_bot.plan_answers.answer import Corrected, PlanAnswer
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker


def render(answer: Answer | FigureAnswer | PlanAnswer | Corrected, speaker: Speaker) -> Reply:
    """The answer as card, text and summary in the speaker's language."""
    match answer:
        case GoalAnswer():
            return goal_card.render(answer, speaker)
        case GoalsAnswer():
            return goals_card.render(answer, speaker)
        case OverviewAnswer():
            return overview_card.render(answer, speaker)
        case PlainAnswer():
            return plain_card.render(answer, speaker)
        case HelpAnswer():
            return help_card.render(answer, speaker)
        case RoundStanding():
            return round_card.standing(answer, speaker)
        case RoundClosing():
            return round_card.closing(answer, speaker)
        case RoleForm():
            return role_card.render(answer, speaker)
        case Form():
            return form_card.render(answer, speaker)
        case FigureAnswer():
            return figures_card.render(answer, speaker)
        case PlanAnswer():
            return plan_card.render(answer, speaker)
        case Corrected():
            return corrected(render(answer.answer, speaker), answer.corrects, speaker)
