"""What the demonstration says between its scenes, in both languages."""

from bplan_bot.local_text import LocalText

TITLE = LocalText("Demonstration med opdigtede tal", "Demonstration with made figures")

CAPTIONS = {
    "reminder": LocalText(
        "16. august 2024: Runden for 1. halvår er åben, og du er indberetter på mål 5.2. Påmindelsen kommer"
        " om lidt. Skriv 16 i feltet, og tryk Indsend.",
        "16 August 2024: The round for the first half-year is open, and you report goal 5.2. The reminder"
        " comes in a moment. Write 16 in the field and submit it.",
    ),
    "fall": LocalText(
        "11. september 2024: Augusttallene er kommet, og mål 1.2 er faldet fra 83,8 % til 76,2 %. Du er leder"
        " og får besked. Tryk Kvittér.",
        "11 September 2024: The figures of August are in, and goal 1.2 fell from 83.8% to 76.2%. You are the"
        " head and are told. Acknowledge it.",
    ),
    "recovery": LocalText(
        "11. oktober 2024: Septembertallene er kommet, og mål 1.2 er tilbage over 80 %. Du får besked, og det"
        " gamle kort er rettet.",
        "11 October 2024: The figures of September are in, and goal 1.2 is above 80% again. You are told, and"
        " the old card has been changed.",
    ),
    "fetched": LocalText(
        "24. oktober 2024: jobindsats.dk (her en efterligning på denne maskine) er kommet med nye tal til"
        " mål 1.1, og botten har selv hentet dem. Svaret på »status for mål 1.1« er nu:",
        "24 October 2024: jobindsats.dk (here an imitation on this machine) has put out new figures for goal"
        ' 1.1, and the bot has fetched them itself. The answer to "status of goal 1.1" is now:',
    ),
    "end": LocalText(
        "Det var det hele. Prøv selv: virker jobindsats, status for mål 1.2, overblik eller vis runden."
        " Uret går videre fra den 24. oktober 2024.",
        "That was all. Try it yourself: does jobindsats work, status of goal 1.2, or overview. The clock"
        " goes on from 24 October 2024.",
    ),
}
