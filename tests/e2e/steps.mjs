// What a person does in the chat and should see, one step after the other in the same conversation.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { wordsOf } from './playground-page.mjs';
import { becomesTrue, see, seeThatAllFits } from './seeing.mjs';
import { questionsWithThumbDown, reportGoal11 } from './servers.mjs';

// Long enough for a second card, if the bot should wrongly send one.
const SETTLED = 1_000;

// The bot looks every ten seconds for what is to be sent.
const DELIVERY = 25_000;

function seeStatusOfGoal62(words) {
  see(words, '6.2', 'The card should name goal 6.2.');
  see(words, 'Ikke nået', 'A person who asks for goal 6.2 should see the status "Ikke nået".');
  see(words, '36,7 %', 'A person who asks for goal 6.2 should see the figure of Norddjurs, 36,7 %.');
  see(words, '43,8 %', 'A person who asks for goal 6.2 should see the figure of the whole country, 43,8 %.');
}

function seeOverview(words) {
  see(words, /(?<!\d)13 af 22 mål/, 'The overview should open with how many of the 22 goals are met.');
  const counts = [[13, 'nået'], [6, 'ikke nået'], [1, 'bliver næppe nået'], [2, 'kan ikke opgøres']];
  for (const [count, label] of counts) {
    see(words, new RegExp(`(?<!\\d)${count} ${label}`, 'i'), `The overview should count ${count} goals as "${label}".`);
  }
}

async function seeNoError(chat) {
  assert.deepEqual(await chat.errorStrips(), [], 'No red error strip should be shown under a card.');
}

function seeWelcome(words) {
  see(words, /velkommen|hej|jeg /i, 'The first card should greet the person.');
  see(words, /mål/i, 'The welcome card should say what one can ask about.');
}

async function installingShowsOneWelcomeCard(chat) {
  // Opening the page installs the bot. As Teams does, it tells the bot twice: installationUpdate and conversationUpdate.
  const card = chat.cards.first();
  await card.waitFor();
  await sleep(SETTLED);
  await chat.photograph(card, 'welcome');
  assert.equal(await chat.cards.count(), 1, 'A person who adds the bot should be greeted once, with one card.');
  seeWelcome(await wordsOf(card));
  await seeThatAllFits(chat, card);
}

async function installingAnewGreetsAnew(chat) {
  await chat.mockActivity('Uninstall application');
  const card = await chat.nextCardAfter(() => chat.mockActivity('Install application'));
  seeWelcome(await wordsOf(card));
}

async function askingForAGoalShowsItsStatus(chat) {
  const card = await chat.ask('status for mål 6.2');
  await chat.photograph(card, 'status-6.2');
  seeStatusOfGoal62(await wordsOf(card));
  await seeThatAllFits(chat, card);
}

async function whyUnfoldsTheEvidence(chat) {
  const card = chat.cards.last();
  const before = await wordsOf(card);
  await chat.press(card, 'Hvorfor?');
  await becomesTrue(async () => (await wordsOf(card)) !== before);
  await chat.photograph(card, 'status-6.2-why');
  const words = await wordsOf(card);
  assert.ok(words.length > before.length, 'Pressing "Hvorfor?" should unfold the evidence on the card.');
  see(words, /36,7 %.*43,8 %.*36,7 %.*43,8 %/, 'The evidence should calculate with both figures once more.');
  await seeThatAllFits(chat, card);
}

async function aButtonAsksOnwards(chat) {
  const title = 'Samme tema';
  const pressed = chat.cards.last();
  const { answer, card } = await chat.pressAndWait(pressed, title);
  assert.equal(answer.status, 200, `Pressing "${title}" should be answered; the bot failed: ${JSON.stringify(answer.body)}`);
  await seeNoError(chat);
  assert.ok(card, `Pressing "${title}" should bring a new card.`);
  await chat.photograph(card, 'button-answer');
  see(await wordsOf(card), /6\.1 .*6\.2 .*6\.3 /, 'The goals of the same theme should be listed.');
  seeStatusOfGoal62(await wordsOf(pressed));
  const strips = await chat.noticeStrips();
  assert.equal(strips.length, 1, 'The pressed card should say that something happened, and stay as it was.');
  assert.ok(strips[0].trim(), 'What is said under the pressed card should not be empty.');
  await seeThatAllFits(chat, card);
}

async function overviewCountsTheGoals(chat) {
  const card = await chat.ask('overblik');
  await chat.photograph(card, 'overview');
  seeOverview(await wordsOf(card));
  await seeThatAllFits(chat, card);
}

async function unknownGoalIsSaidSo(chat) {
  const card = await chat.ask('status for mål 6.14');
  await chat.photograph(card, 'unknown-goal');
  see(await wordsOf(card), /6\.14 findes ikke/, 'It should be said plainly that goal 6.14 does not exist.');
  await seeThatAllFits(chat, card);
}

async function aThumbDownIsKept(chat, { folder }) {
  const status = await chat.giveThumbDown('Hvorfor findes det ikke?');
  await chat.photographWindow('thumb-down');
  assert.equal(status, 200, 'The bot should take the thumb.');
  const [kept, ...others] = await questionsWithThumbDown({ folder });
  assert.equal(kept?.text, 'status for mål 6.14', 'The thumb should be kept with its question.');
  assert.equal(kept.comment, 'Hvorfor findes det ikke?', 'What was written with the thumb should be kept.');
  assert.deepEqual(others, [], 'No other answer got a thumb.');
}

// Every card the bot can answer with: all goals, and one question for each other kind.
const GOALS = ['1.1', '1.2', '1.3', '2.1', '2.2', '3.1', '4.1', '5.1', '5.2', ...Array.from({ length: 13 }, (_, i) => `6.${i + 1}`)];
const OTHERS = [
  ['hvilke mål er ikke nået?', 'list', /2\.2 .*6\.12 /],
  ['ministermål 4', 'theme', /5\.1 .*5\.2 /],
  ['3.1, 4.1 og 7.9', 'several', /7\.9 findes ikke/],
  ['hjælp', 'help', /Det kan du spørge om/],
  ['uddannelse', 'unclear', /gætter ikke/],
  ['hvad er der på menuen i kantinen?', 'not-here', /har jeg ikke/],
  ['borgeren 010203-1234', 'cpr', /cpr-nummer/],
];

async function everyKindOfCardIsDrawn(chat) {
  const asked = [...GOALS.map((goal) => [`status for mål ${goal}`, `goal-${goal}`, new RegExp(`Mål ${goal.replace('.', '\\.')} `)]), ...OTHERS];
  for (const [question, name, expected] of asked) {
    const card = await chat.ask(question);
    await chat.photograph(card, name);
    see(await wordsOf(card), expected, `"${question}" should be answered with its own card.`);
    await seeThatAllFits(chat, card);
  }
}

async function aFallIsToldWithoutAsking(chat, { folder }) {
  const before = await chat.cards.count();
  await reportGoal11({ folder, value: 2050, day: 3 });
  const card = chat.cards.nth(before);
  await card.waitFor({ timeout: DELIVERY });
  await chat.photograph(card, 'alert');
  const words = await wordsOf(card);
  see(words, 'Mål 1.1 er faldet', 'The head should be told that goal 1.1 fell.');
  see(words, /Nu Ikke nået.*Før Nået/, 'The card should say where the goal stands and where it stood.');
  await seeThatAllFits(chat, card);
}

async function whyMeUnfolds(chat) {
  const card = chat.cards.last();
  await chat.press(card, 'Hvorfor får jeg den?');
  await becomesTrue(async () => (await wordsOf(card)).includes('fordi du er leder'));
  await chat.photograph(card, 'alert-why-me');
  see(await wordsOf(card), 'fordi du er leder', 'The card should say as what the person gets it.');
  await chat.press(card, 'Hvorfor får jeg den?');
}

async function aMistakeIsShownAtItsField(chat) {
  const card = chat.cards.last();
  await chat.press(card, 'Udsæt');
  await card.getByLabel('Hvorfor kan det vente?').fill('Tallene rettes i næste uge');
  await chat.photograph(card, 'alert-put-off');
  await chat.pressInPlace(card, 'Udsæt til den dag');
  await becomesTrue(async () => (await wordsOf(chat.cards.last())).includes('Vælg den dag'));
  await chat.photograph(chat.cards.last(), 'alert-mistake');
  see(await wordsOf(chat.cards.last()), 'Vælg den dag', 'A day that was not chosen should be asked for.');
  const kept = await chat.cards.last().getByLabel('Hvorfor kan det vente?').inputValue();
  assert.equal(kept, 'Tallene rettes i næste uge', 'What was typed should still be there.');
  await seeThatAllFits(chat, chat.cards.last());
  await chat.pressInPlace(chat.cards.last(), 'Fortryd');
}

async function anAcknowledgementStandsOnTheCard(chat) {
  await becomesTrue(async () => (await wordsOf(chat.cards.last())).includes('Kvittér'));
  const count = await chat.cards.count();
  await chat.press(chat.cards.last(), 'Kvittér');
  await chat.cards.last().getByLabel(/^Note/).fill('Vi **ringer** rundt');
  await chat.photograph(chat.cards.last(), 'alert-acknowledge');
  await chat.pressInPlace(chat.cards.last(), 'Send kvittering');
  await becomesTrue(async () => (await wordsOf(chat.cards.last())).includes('Kvitteret'));
  const words = await wordsOf(chat.cards.last());
  await chat.photograph(chat.cards.last(), 'alert-acknowledged');
  see(words, /Kvitteret .* af dig/, 'The card should say that it was acknowledged.');
  see(words, 'Vi **ringer** rundt', 'What was written should stand there letter by letter.');
  assert.equal(await chat.cards.count(), count, 'The card should have been replaced, not followed by another.');
  await seeThatAllFits(chat, chat.cards.last());
}

async function aRecoveryMakesHistoryOfTheCard(chat, { folder }) {
  const before = await chat.cards.count();
  await reportGoal11({ folder, value: 1990, day: 5 });
  const news = chat.cards.nth(before);
  await news.waitFor({ timeout: DELIVERY });
  const old = chat.cards.nth(before - 1);
  await becomesTrue(async () => (await wordsOf(old)).includes('faldt, men er tilbage'));
  await chat.photograph(old, 'alert-over');
  await chat.photograph(news, 'alert-recovered');
  see(await wordsOf(news), 'er tilbage på normalt niveau', 'The head should be told that the goal recovered.');
  see(await wordsOf(old), 'Mål 1.1 faldt, men er tilbage', 'The card of the fall should have become history.');
  assert.equal(await old.getByRole('button').count(), 0, 'Nothing is left to press on the card of the fall.');
}

async function groupChatAnswersAMention(chat) {
  await chat.openChat('Group Chat');
  seeWelcome(await wordsOf(chat.cards.first()));
  const card = await chat.mentionAndAsk('status for mål 6.2');
  await chat.photograph(card, 'group-chat');
  seeStatusOfGoal62(await wordsOf(card));
}

async function statusFitsAPhone(chat) {
  await chat.openChat('Personal Chat');
  await chat.becomePhone();
  const card = await chat.ask('status for mål 6.2');
  await chat.photograph(card, 'status-6.2-phone');
  seeStatusOfGoal62(await wordsOf(card));
  await seeThatAllFits(chat, card);
}

async function alertFitsAPhone(chat, { folder }) {
  const before = await chat.cards.count();
  await reportGoal11({ folder, value: 2060, day: 7 });
  const card = chat.cards.nth(before);
  await card.waitFor({ timeout: DELIVERY });
  await chat.photograph(card, 'alert-phone');
  await seeThatAllFits(chat, card);
  await chat.press(card, 'Udsæt');
  await chat.photograph(card, 'alert-put-off-phone');
  await seeThatAllFits(chat, card);
}

async function overviewFitsAPhone(chat) {
  const card = await chat.ask('overblik');
  await chat.photograph(card, 'overview-phone');
  seeOverview(await wordsOf(card));
  await seeThatAllFits(chat, card);
}

async function nothingWentWrongBehindTheScenes(chat, { bot }) {
  // A bot that fails on a button shows nothing at all in the chat.
  assert.deepEqual(chat.failedRequests, [], 'Every message and button should have been answered without an error.');
  assert.doesNotMatch(bot.output, /^Traceback /m, 'The log of the bot should hold no traceback.');
  await seeNoError(chat);
}

export const steps = [
  ['installing the bot shows one welcome card', installingShowsOneWelcomeCard],
  ['removing and installing it again greets again', installingAnewGreetsAnew],
  ['"status for mål 6.2" shows the status and both figures', askingForAGoalShowsItsStatus],
  ['"Hvorfor?" unfolds the evidence', whyUnfoldsTheEvidence],
  ['a button on the status card brings a new answer', aButtonAsksOnwards],
  ['"overblik" counts 13, 6, 1 and 2 goals', overviewCountsTheGoals],
  ['an unknown goal is said to be unknown', unknownGoalIsSaidSo],
  ['a thumb down is kept with its question and comment', aThumbDownIsKept],
  ['every goal and every kind of card is drawn', everyKindOfCardIsDrawn],
  ['a goal that falls is told without asking', aFallIsToldWithoutAsking],
  ['the alert says why it came', whyMeUnfolds],
  ['a mistake is shown at its field, with what was typed', aMistakeIsShownAtItsField],
  ['an acknowledgement stands on the card', anAcknowledgementStandsOnTheCard],
  ['a recovery makes history of the card', aRecoveryMakesHistoryOfTheCard],
  ['a mention in the group chat is answered', groupChatAnswersAMention],
  ['the status card fits a phone', statusFitsAPhone],
  ['an alert fits a phone', alertFitsAPhone],
  ['the overview fits a phone', overviewFitsAPhone],
  ['nothing failed behind the scenes', nothingWentWrongBehindTheScenes],
];
