// The demonstration as its viewer plays it: a reminder comes, a figure goes in, a goal falls, is acknowledged and recovers.

import { becomesTrue, see, seeThatAllFits } from './seeing.mjs';
import { wordsOf } from './playground-page.mjs';

const NEXT_SCENE = 30_000;

/** The card that comes next and says these words; captions and other cards come between. */
async function nextCardThatSays(chat, words) {
  const card = chat.cards.filter({ hasText: words }).last();
  await card.waitFor({ timeout: NEXT_SCENE });
  return card;
}

async function aReminderComesWithItsForm(chat) {
  const card = await nextCardThatSays(chat, 'Der mangler tal fra dig til 1 mål');
  await chat.photograph(card, 'demo-1-reminder');
  const words = await wordsOf(card);
  see(words, '5.2', 'The reminder should name the goal whose figures are due.');
  see(words, 'Sidst: 13 (1. halvår 2023)', "Last time's figure should stand beside the field.");
  await seeThatAllFits(chat, card);
}

async function aMistakeIsToldBesideItsField(chat) {
  const card = await nextCardThatSays(chat, 'Der mangler tal fra dig til 1 mål');
  await card.getByLabel('Norddjurs', { exact: true }).fill('cirka 16');
  await chat.pressInPlace(card, 'Indsend');
  const told = await nextCardThatSays(chat, 'er ikke gemt endnu');
  const kept = await told.getByLabel('Norddjurs', { exact: true }).inputValue();
  see(kept, 'cirka 16', 'What was typed should still be there.');
  await chat.photograph(told, 'demo-2-mistake');
}

async function aFigureGoesIn(chat) {
  const card = chat.cards.filter({ hasText: 'Indsend' }).last();
  await card.getByLabel('Norddjurs', { exact: true }).fill('16');
  await chat.pressInPlace(card, 'Indsend');
  const receipt = await nextCardThatSays(chat, 'Modtaget');
  await chat.photograph(receipt, 'demo-3-receipt');
  see(await wordsOf(receipt), /16/, 'The receipt should hold the figure.');
  await seeThatAllFits(chat, receipt);
}

async function aGoalFallsAndAnAlertComes(chat) {
  const card = await nextCardThatSays(chat, 'Mål 1.2 er faldet');
  await chat.photograph(card, 'demo-4-alert');
  see(await wordsOf(card), '76,2 %', 'The alert should hold the figure of August.');
  await seeThatAllFits(chat, card);
}

async function itIsAcknowledged(chat) {
  const card = await nextCardThatSays(chat, 'Mål 1.2 er faldet');
  await chat.press(card, 'Kvittér');
  await card.getByLabel(/^Note/).fill('Vi indkalder til ekstra samtaler');
  await chat.pressInPlace(card, 'Send kvittering');
  const answered = await nextCardThatSays(chat, 'Kvitteret');
  await chat.photograph(answered, 'demo-5-acknowledged');
  see(await wordsOf(answered), 'Vi indkalder til ekstra samtaler', 'The note should stand on the card.');
}

async function itRecovers(chat) {
  const news = await nextCardThatSays(chat, 'er tilbage på normalt niveau');
  const old = await nextCardThatSays(chat, 'Mål 1.2 faldt, men er tilbage');
  await chat.photograph(news, 'demo-6-recovered');
  await chat.photograph(old, 'demo-7-over');
  await nextCardThatSays(chat, 'Det var det hele');
}

async function theClockIsTheStatedOne(chat) {
  const card = await chat.ask('status for mål 1.2');
  await chat.photograph(card, 'demo-8-status');
  const words = await wordsOf(card);
  see(words, '82,9 %', 'The answer should hold the figure that is known on the stated day.');
  see(words, 'Opdigtede tal', 'A made figure should be marked as made.');
}

async function theCardsFitAPhone(chat) {
  await chat.becomePhone();
  for (const [words, name] of [['Modtaget', 'form'], ['Mål 1.2 faldt', 'alert'], ['er tilbage på normalt', 'recovery']]) {
    const card = chat.cards.filter({ hasText: words }).last();
    await chat.photograph(card, `demo-phone-${name}`);
    await seeThatAllFits(chat, card);
  }
}

export const demoSteps = [
  ['a reminder comes with its form', aReminderComesWithItsForm],
  ['a mistake is told beside its field', aMistakeIsToldBesideItsField],
  ['a figure goes in', aFigureGoesIn],
  ['a goal falls, and an alert comes', aGoalFallsAndAnAlertComes],
  ['the alert is acknowledged', itIsAcknowledged],
  ['the goal recovers, and the old card says so', itRecovers],
  ['questions are answered as on the stated day', theClockIsTheStatedOne],
  ['all of it fits a phone', theCardsFitAPhone],
];
