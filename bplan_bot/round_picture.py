"""All that is known about a round on one day: what it asks for, what is left, and of whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from bplan_bot.access import Person, Role
from bplan_bot.picture import Picture
from bplan_bot.round import GoalDue, Round, RoundAnswer, asked_for, outstanding, reporters


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPicture:
    """A round with the picture of its plan, the answers of this round, and everybody who has a role."""

    round: Round
    picture: Picture
    answers: tuple[RoundAnswer, ...]
    people: tuple[Person, ...]

    def asked(self) -> tuple[GoalDue, ...]:
        """Every goal that reports in the round."""
        return asked_for(self.picture, self.round)

    def left(self) -> tuple[GoalDue, ...]:
        """What is still to be reported."""
        return outstanding(self.picture, self.round, self.answers)

    def left_for(self, person_id: str) -> tuple[GoalDue, ...]:
        """What is still to be reported by somebody."""
        return tuple(
            due for due in self.left() if any(one.id == person_id for one in self.reporters(due.goal.number))
        )

    def reporters(self, goal_number: str) -> tuple[Person, ...]:
        """Who is asked for a goal; empty where it has nobody."""
        return reporters(goal_number, self.people, self.answers)

    def asked_people(self, left: Iterable[GoalDue]) -> tuple[Person, ...]:
        """Everybody who is asked for any of these goals, each once."""
        found = {one.id: one for due in left for one in self.reporters(due.goal.number)}
        return tuple(found.values())

    def planners(self) -> tuple[Person, ...]:
        """Who runs the round: the planansvarlige, else the administrators."""
        planners = tuple(one for one in self.people if one.has(Role.PLANNER))
        return planners or tuple(one for one in self.people if one.has(Role.ADMINISTRATOR))
