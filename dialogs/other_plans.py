"""Looks in the other plans for what the one that was asked knows nothing of."""

from bplan_bot.plan_choice import How, PlanOffer, Why
from bplan_bot.reply import Reply
from bplan_bot.understand.question import Question
from bplan_bot.understand.understand import understand
from db.pictures import load_picture
from dialogs.plan_asked import with_offer
from dialogs.visit import Visit

MOST_LOOKED_AT = 2
"""The newest of the others; a goal of a plan from years ago is hardly meant."""


async def or_of_another(reply: Reply, visit: Visit) -> Reply:
    """The reply to words that no goal of the plan fits, with another plan offered where one of its fits."""
    asked = visit.asked
    if asked.choice.how is How.NAMED:
        return reply
    for other in asked.choice.others[:MOST_LOOKED_AT]:
        seen = await load_picture(visit.database, today=visit.picture.today, plan_key=other.key)
        found = understand(asked.words, seen.plan)
        if isinstance(found, Question) and found.goals:
            return with_offer(reply, PlanOffer(other, Why.HAS_GOALS), found.goals, asked.words, visit.speaker)
    return reply
