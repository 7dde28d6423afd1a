// Every kind of card, asked for once at a window's width and once at a phone's, for docs/pictures. What is seen is
// checked as far as nothing may be cut off or lie over something else; whether it is good, a person looks at.
import { wordsOf } from './playground-page.mjs';
import { becomesTrue, see, seeThatAllFits } from './seeing.mjs';
import { reportGoal11 } from './servers.mjs';

const DELIVERY = 40_000;
const NEXT_SCENE = 60_000;

// Name of the picture, what is asked, and what the card must then say.
const ASKED = [
  ['status', 'status for mål 6.2', '36,7 %'],
  ['why', 'hvorfor er 6.11 ikke nået?', 'Begrundelse'],
  ['several', '3.1, 4.1 og 7.9', '7.9 findes ikke'],
  ['overview', 'overblik', '13 af 22'],
  // After the overview, since beside a goal it would be asked of that goal.
  ['freshness', 'hvor friske er tallene?', '6.6'],
  ['list', 'hvilke mål er ikke nået?', '5.1'],
  ['by-kind', 'mål uden kilde', '3.1'],
  ['theme', 'ministermål 4', '5.2'],
  ['trend', 'udvikling i 1.1', 'Udvikling'],
  ['compare', '6.2 sammenlignet med landet', 'Sammenligning'],
  ['gap', 'hvor langt er 6.11 fra målet?', '2,9 procentpoint'],
  ['count', 'antal borgere i 2.2', '358'],
  ['benchmark', 'benchmark pr. ydelse', 'nr. 10'],
  ['definition', 'hvad er målet i 6.11?', 'højst 4'],
  ['source', 'hvad er kilden til 2.1?', 'kvartalsvise'],
  ['schedule', 'hvornår skal udvalget have opfølgningen?', 'Årshjul'],
  ['responsible', 'hvem er ansvarlig?', 'ansvarlig'],
  ['worry', 'er der noget, jeg skal bekymre mig om?', '6.2'],
  ['short', '6.2 kort', 'Kort'],
  ['correction', 'er det rigtigt, at vi har 24 mål?', '22'],
  ['candidates', 'status for uddannelse', 'Mener du'],
  ['outside', 'hvad er der på menuen i kantinen?', 'har jeg ikke'],
  ['help', 'hjælp', 'Det kan du spørge om'],
  ['role', 'gør mig til indberetter på 6.13', 'indberetter'],
  ['as-of', 'status for mål 1.2 pr. 1. maj 2025', 'maj 2025'],
  ['origin', 'hvor kommer tallet på 6.2 fra?', '36,7 %'],
  ['sources', 'virker jobindsats?', 'jobindsats'],
  ['register', 'registrér 38 på 6.13 for januar 2025', '6.13'],
  ['guessed', 'dem der starter op på nedsat tid efter sygdom, hvor mange er vi oppe på nu', '12,2 %'],
  ['english', 'how are we doing on goal 6.2?', 'Not met'],
];

// Of a line chart the page itself chooses the dates below, and cuts long ones off.
const CUT_BY_THE_CHART = new Set(['trend']);

async function isDrawn(chat, card, name, expected) {
  see(await wordsOf(card), expected, `The card "${name}" should hold "${expected}".`);
  await chat.photograph(card, name);
  if (!CUT_BY_THE_CHART.has(name)) await seeThatAllFits(chat, card);
}

const asking = (suffix) =>
  ASKED.map(([name, question, expected]) => [
    `"${question}" is drawn${suffix}`,
    async (chat) => isDrawn(chat, await chat.ask(question), `${name}${suffix}`, expected),
  ]);

async function theWelcomeIsDrawn(chat) {
  await chat.cards.first().waitFor();
  await isDrawn(chat, chat.cards.first(), 'welcome', 'Overblik');
}

/** The card that a report of goal 1.1 brings by itself. */
async function newsOf(chat, folder, report) {
  const before = await chat.cards.count();
  await reportGoal11({ folder, ...report });
  const card = chat.cards.nth(before);
  await card.waitFor({ timeout: DELIVERY });
  return { card, old: chat.cards.nth(before - 1) };
}

async function anAlertIsDrawn(chat, { folder }) {
  const { card } = await newsOf(chat, folder, { value: 2050, day: 3 });
  await isDrawn(chat, card, 'alert', 'Mål 1.1 er faldet');
}

async function itsFormIsDrawn(chat) {
  await chat.press(chat.cards.last(), 'Udsæt');
  await isDrawn(chat, chat.cards.last(), 'alert-put-off', 'Hvorfor kan det vente?');
}

async function itsAcknowledgementIsDrawn(chat) {
  await chat.press(chat.cards.last(), 'Kvittér');
  await chat.cards.last().getByLabel(/^Note/).fill('Vi ringer rundt');
  await chat.pressInPlace(chat.cards.last(), 'Send kvittering');
  await becomesTrue(async () => (await wordsOf(chat.cards.last())).includes('Kvitteret'));
  await isDrawn(chat, chat.cards.last(), 'alert-acknowledged', 'Vi ringer rundt');
}

async function theRecoveryIsDrawn(chat, { folder }) {
  const { card, old } = await newsOf(chat, folder, { value: 1990, day: 5 });
  await isDrawn(chat, card, 'alert-recovered', 'er tilbage på normalt niveau');
  await becomesTrue(async () => (await wordsOf(old)).includes('faldt, men er tilbage'));
  await isDrawn(chat, old, 'alert-over', 'faldt, men er tilbage');
}

async function anAlertIsDrawnOnAPhone(chat, { folder }) {
  const { card } = await newsOf(chat, folder, { value: 2060, day: 7 });
  await isDrawn(chat, card, 'alert-phone', 'Mål 1.1 er faldet');
}

export const pictureSteps = [
  ['the welcome is drawn', theWelcomeIsDrawn],
  ...asking(''),
  ['an alert is drawn', anAlertIsDrawn],
  ['the form of an alert is drawn', itsFormIsDrawn],
  ['an acknowledgement is drawn', itsAcknowledgementIsDrawn],
  ['a recovery is drawn, and what it makes of the alert', theRecoveryIsDrawn],
  ['the window becomes a phone', (chat) => chat.becomePhone()],
  ...asking('-phone'),
  ['an alert is drawn on a phone', anAlertIsDrawnOnAPhone],
];

/** The newest card that says these words, as soon as it is there. */
async function cardThatSays(chat, words) {
  const card = chat.cards.filter({ hasText: words }).last();
  await card.waitFor({ timeout: NEXT_SCENE });
  return card;
}

async function aReminderIsDrawn(chat) {
  const card = await cardThatSays(chat, 'Der mangler tal fra dig til 1 mål');
  await isDrawn(chat, card, 'reminder', 'Sidst: 13 (1. halvår 2023)');
}

async function aMistakeAndAReceiptAreDrawn(chat) {
  const card = await cardThatSays(chat, 'Der mangler tal fra dig til 1 mål');
  await card.getByLabel('Norddjurs', { exact: true }).fill('cirka 16');
  await chat.pressInPlace(card, 'Indsend');
  const told = await cardThatSays(chat, 'er ikke gemt endnu');
  await isDrawn(chat, told, 'reminder-mistake', 'er ikke gemt endnu');
  await told.getByLabel('Norddjurs', { exact: true }).fill('16');
  await chat.pressInPlace(told, 'Indsend');
  await isDrawn(chat, await cardThatSays(chat, 'alt er indberettet'), 'receipt', '16');
}

async function theRoundIsDrawn(chat) {
  await isDrawn(chat, await chat.ask('vis runden'), 'round', 'runde');
}

async function theFormsAreDrawnOnAPhone(chat) {
  await chat.becomePhone();
  await isDrawn(chat, await cardThatSays(chat, 'alt er indberettet'), 'receipt-phone', '16');
  await isDrawn(chat, await chat.ask('vis runden'), 'round-phone', 'runde');
}

export const pictureDemoSteps = [
  ['a reminder is drawn', aReminderIsDrawn],
  ['a mistake and a receipt are drawn', aMistakeAndAReceiptAreDrawn],
  ['the round is drawn', theRoundIsDrawn],
  ['the same on a phone', theFormsAreDrawnOnAPhone],
];
