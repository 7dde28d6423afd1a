// What the steps of a walk check with: a sentence for each thing a person should see.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 10_000;

export function see(words, expected, sentence) {
  const found = typeof expected === 'string' ? words.includes(expected) : expected.test(words);
  assert.ok(found, `${sentence} The card says: ${words.slice(0, 400)}`);
}

export async function seeThatAllFits(chat, card) {
  const misfits = await chat.misfits(card);
  assert.ok(misfits.length === 0, `Nothing should be cut off or run out of the card, but ${misfits.join('; ')}.`);
}

export async function becomesTrue(check) {
  const deadline = Date.now() + PATIENCE;
  while (!(await check()) && Date.now() < deadline) await sleep(100);
}
