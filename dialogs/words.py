"""Answers that are a word to the person: welcome, help, "that goal does not exist", "that I do not have"."""

from bplan_bot.answers import PlainAnswer, Suggestion
from bplan_bot.goal import Goal, Plan
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.understand.question import Question, Unclear

OVERVIEW = Suggestion(message("button.overview"), "overblik")
NOT_MET = Suggestion(message("button.not_met"), "hvilke mål er ikke nået?")
HELP = Suggestion(message("button.help"), "hjælp")


def welcome(picture: Picture) -> PlainAnswer:
    """Said once, where the bot is added."""
    plan = picture.plan
    what = message("welcome.what", n=len(plan.goals), plan=plan.title, municipality=plan.municipality)
    return PlainAnswer(
        heading=message("welcome.heading"),
        sentences=(what, message("welcome.how")),
        suggestions=(OVERVIEW, NOT_MET, _goal(plan.goals[0]), HELP),
    )


def greeting(question: Question, picture: Picture) -> PlainAnswer:
    """An answer to a hello."""
    return PlainAnswer(
        heading=message("greeting.heading"),
        sentences=(message("greeting.what", plan=picture.plan.title),),
        suggestions=(OVERVIEW, NOT_MET, HELP),
    )


def thanks(question: Question, picture: Picture) -> PlainAnswer:
    """An answer to thanks, and to a goodbye."""
    return PlainAnswer(
        heading=message("thanks.heading"),
        sentences=(message("thanks.what", plan=picture.plan.title),),
        suggestions=(OVERVIEW, HELP),
    )


def languages(question: Question, picture: Picture) -> PlainAnswer:
    """Which languages can be written."""
    return PlainAnswer(
        heading=message("languages.heading"),
        sentences=(message("languages.what", plan=picture.plan.title),),
        suggestions=(OVERVIEW, HELP),
    )


def empty(picture: Picture) -> PlainAnswer:
    """An answer to a message without words."""
    return PlainAnswer(
        heading=message("empty.heading"),
        sentences=(message("empty.what"), message("greeting.what", plan=picture.plan.title)),
        suggestions=(OVERVIEW, NOT_MET, HELP),
    )


def files() -> PlainAnswer:
    """An answer to a file without words."""
    return PlainAnswer(
        heading=message("files.heading"), sentences=(message("files.what"),), suggestions=(OVERVIEW, HELP)
    )


def personal() -> PlainAnswer:
    """A refusal of words with a CPR number in them: nothing is done with them, and a bot cannot delete."""
    return PlainAnswer(heading=message("personal.heading"), sentences=(message("personal.what"),))


def not_for_strangers(person_id: str, picture: Picture) -> PlainAnswer:
    """Said to somebody without a role where such people are shown nothing: whom to ask, with which id."""
    ask = message("strangers.what", plan=picture.plan.title, person=person_id)
    return PlainAnswer(heading=message("strangers.heading"), sentences=(ask,))


def unknown_goal(missing: tuple[str, ...], picture: Picture) -> PlainAnswer:
    """An answer to numbers that no goal has, with the goals of the same theme nearest to them."""
    plan = picture.plan
    exists = message(
        "unknown_goal.what",
        plan=plan.title,
        n=len(plan.goals),
        first=plan.goals[0].number,
        last=plan.goals[-1].number,
    )
    near = _nearest(missing[0], plan) if missing else ()
    return PlainAnswer(
        heading=message("unknown_goal.heading", numbers=missing),
        sentences=(exists, message("unknown_goal.near")) if near else (exists,),
        points=tuple(_named(goal) for goal in near),
        suggestions=(*(_goal(goal) for goal in near), OVERVIEW),
    )


def unclear(question: Unclear, picture: Picture) -> PlainAnswer:
    """An answer to words that fit several goals, or none: never a guess."""
    plan = picture.plan
    near = [goal for number in question.candidates if (goal := plan.goal(number))]
    if near:
        known = message("not_here.what", plan=plan.title), message("not_here.near")
        return PlainAnswer(
            heading=message("not_here.heading" if question.outside else "unclear.heading"),
            sentences=known if question.outside else (message("unclear.what", plan=plan.title),),
            points=tuple(_named(goal) for goal in near),
            suggestions=(*(_goal(goal) for goal in near), OVERVIEW),
        )
    return not_here(picture)


def not_here(picture: Picture) -> PlainAnswer:
    """An answer to what the plan knows nothing about."""
    return PlainAnswer(
        heading=message("not_here.heading"),
        sentences=(message("not_here.what", plan=picture.plan.title),),
        suggestions=(OVERVIEW, NOT_MET, HELP),
    )


def apology(error_id: str) -> PlainAnswer:
    """Said when answering failed; the log has the same number."""
    return PlainAnswer(
        heading=message("apology.heading"), sentences=(message("apology.what", error_id=error_id),)
    )


def unavailable(said: Message) -> PlainAnswer:
    """Said when what the bot stands on is at fault, for a reason that somebody can act on."""
    return PlainAnswer(heading=message("apology.heading"), sentences=(said,))


def declined(said: Message) -> PlainAnswer:
    """Said when what somebody asks for cannot be done: only why, and what to do instead."""
    return PlainAnswer(heading=said, sentences=())


def _goal(goal: Goal) -> Suggestion:
    return Suggestion(message("button.open", number=goal.number), f"status for mål {goal.number}")


def _named(goal: Goal) -> Message:
    return message("goal.named", number=goal.number, title=goal.title)


def _nearest(number: str, plan: Plan) -> tuple[Goal, ...]:
    """Up to three goals of the theme the number begins with, nearest first."""
    theme, _, place = number.partition(".")
    wanted = int(place) if place.isdigit() else 0
    same = [goal for goal in plan.goals if goal.number.partition(".")[0] == theme]
    same.sort(key=lambda goal: abs(int(goal.number.partition(".")[2]) - wanted))
    return tuple(same[:3])
