// The Playground's web page, in the words of a person who uses it: open, write, mention, press a button, look at a card.
// All knowledge of its markup (version 0.2.28) is here.
import { join } from 'node:path';

import { findChromium, loadPlaywright } from './surroundings.mjs';
import { honourTargetWidth } from './target-width.mjs';

const PATIENCE = 10_000;
const WINDOW = { width: 1280, height: 900 };
const PHONE = { width: 400, height: 860 };

// The page does not fit a phone by itself: its columns have least widths and every card is 450 px wide. A card in Teams on
// a phone of 400 px has about this width left beside the picture and the margins.
const PHONE_STYLE = `
  #root div { min-width: 0 !important; }
  div:has(> .ac-preview-panel) { width: 318px !important; }
  .fai-OutputCard { padding-inline: 4px !important; }
  div:has(> div > .fai-OutputCard) { margin-right: 0 !important; }
`;

const BROWSER_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The page asks a content network for fonts; the test talks to this machine and nobody else.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export async function launchBrowser() {
  const executablePath = findChromium();
  const { chromium } = await loadPlaywright();
  return chromium.launch({
    executablePath,
    args: BROWSER_FLAGS,
    // Chromium's own sandbox does not work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: 30_000,
    // run.mjs ends everything itself, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

export class PlaygroundPage {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    this.cardWidth = 'standard';
    this.failedRequests = [];
    page.setDefaultTimeout(PATIENCE);
    page.on('response', (response) => this.#noteFailure(response));
    // What a button of a card unfolds is a card within it.
    this.cards = page.locator('.ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)');
    this.composeBox = page.locator('[data-lexical-editor=true]');
  }

  static async open(browser, address, folder) {
    const page = await browser.newPage({ viewport: WINDOW, deviceScaleFactor: 2, locale: 'da-DK' });
    const playground = new PlaygroundPage(page, folder);
    await honourTargetWidth(page, () => playground.cardWidth);
    await page.goto(address);
    await playground.composeBox.waitFor();
    return playground;
  }

  hideLog() {
    return this.page.getByRole('button', { name: 'Hide log panel' }).click();
  }

  /** Goes to another chat, where there must be a card already or soon. */
  async openChat(name) {
    const oldCard = await this.cards.first().elementHandle();
    await this.page.getByRole('treeitem', { name, exact: true }).click();
    await this.page.waitForFunction((card) => !card.isConnected, oldCard);
    await this.cards.first().waitFor();
  }

  /** Writes in the compose box, waits for the answer and returns its card. */
  async ask(text) {
    return this.nextCardAfter(async () => {
      await this.composeBox.click();
      await this.page.keyboard.type(text);
      await this.#send();
    });
  }

  /** The same in a group, where the bot only hears what mentions it. */
  async mentionAndAsk(text) {
    return this.nextCardAfter(async () => {
      await this.composeBox.click();
      await this.page.keyboard.type('@');
      await this.page.getByRole('menuitem', { name: 'Test Bot' }).click();
      await this.page.keyboard.type(` ${text}`);
      await this.#send();
    });
  }

  /** Does something that must bring a new card; returns that card. */
  async nextCardAfter(act) {
    const before = await this.cards.count();
    await act();
    const card = this.cards.nth(before);
    await card.waitFor();
    return card;
  }

  /** Chooses in "Mock an Activity" and sends what the dialog shows. */
  async mockActivity(name) {
    await this.page.getByRole('button', { name: 'Mock an Activity' }).click();
    await this.page.getByText(name, { exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send activity' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  press(card, title) {
    return card.getByRole('button', { name: title, exact: true }).click();
  }

  /** Presses a button whose answer takes the place of the card; returns when the bot has answered. */
  async pressInPlace(card, title) {
    const answered = this.page.waitForResponse((response) => /\/_conversation\/v1\/(invoke|submit)$/.test(response.url()));
    await this.press(card, title);
    return (await answered).status();
  }

  /** Presses a button that asks the bot: what it answered to the press itself, and the new card (null if none came). */
  async pressAndWait(card, title) {
    const answered = this.page.waitForResponse((response) => /\/_conversation\/v1\/(invoke|submit)$/.test(response.url()));
    const newCard = this.nextCardAfter(() => this.press(card, title)).catch(() => null);
    const response = await answered;
    const answer = { status: response.status(), body: await response.json().catch(() => null) };
    return { answer, card: answer.status === 200 ? await newCard : null };
  }

  /** Gives the newest answer a thumb down with a comment, and waits until the bot has answered. */
  async giveThumbDown(comment) {
    await this.page.getByRole('button', { name: 'Dislike', exact: true }).last().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(comment);
    const answered = this.page.waitForResponse((response) => response.url().endsWith('/_conversation/v1/invoke'));
    await dialog.getByRole('button', { name: 'Submit' }).click();
    const status = (await answered).status();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    return status;
  }

  /** The red strips under cards; the grey ones carry a label. */
  async errorStrips() {
    const strips = this.page.locator('.fai-OutputCard div:has(> button[aria-label="Dismiss Invoke Message"])');
    return strips.and(this.page.locator(':not([aria-label="Display Invoked Message"])')).allInnerTexts();
  }

  noticeStrips() {
    return this.page.locator('[aria-label="Display Invoked Message"]').allInnerTexts();
  }

  async becomePhone() {
    // While the list of chats has the focus it lies over the chat on a narrow page.
    await this.composeBox.click();
    await this.page.setViewportSize(PHONE);
    await this.page.addStyleTag({ content: PHONE_STYLE });
    this.cardWidth = 'narrow';
  }

  /** What of a card runs out of it, is cut off or lies over other text, as sentences. */
  misfits(card) {
    return card.evaluate(findMisfits);
  }

  /** Two pictures: the card alone (NAME.png) and the window around it (NAME-window.png). */
  async photograph(card, name) {
    await this.page.screenshot({ path: join(this.folder, `${name}-window.png`) });
    const size = this.page.viewportSize();
    const { height } = await card.boundingBox();
    // The page's own head would lie over a card that is taller than the chat.
    await this.page.setViewportSize({ ...size, height: Math.ceil(Math.max(size.height, height + 500)) });
    await card.scrollIntoViewIfNeeded();
    await card.screenshot({ path: join(this.folder, `${name}.png`) });
    await this.page.setViewportSize(size);
  }

  photographWindow(name) {
    return this.page.screenshot({ path: join(this.folder, `${name}.png`) });
  }

  async #send() {
    await this.page.getByRole('button', { name: 'Send Message' }).click();
  }

  #noteFailure(response) {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 && pathname.startsWith('/_')) this.failedRequests.push(`${pathname} ${response.status()}`);
  }
}

/** Runs in the page, so it can use nothing from outside itself. */
function findMisfits(root) {
  const edge = root.getBoundingClientRect();
  const found = new Set();
  const nameOf = (part) => `"${part.textContent.trim().slice(0, 40)}"`;
  const isSeen = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const parts = [...root.querySelectorAll('*')].filter((part) => part.textContent.trim() && isSeen(part));
  for (const part of parts) {
    const box = part.getBoundingClientRect();
    if (box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1)) found.add(`${nameOf(part)} runs out`);
    const isCut = getComputedStyle(part).overflowX === 'hidden' && part.scrollWidth > part.clientWidth + 1;
    if (isCut) found.add(`${nameOf(part)} is cut off`);
  }
  const lines = parts.flatMap((part) => linesOf(part).map((box) => ({ part, box })));
  for (const [index, one] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (one.part !== other.part && overlap(one.box, other.box)) found.add(`${nameOf(one.part)} lies over ${nameOf(other.part)}`);
    }
  }
  return [...found];

  function linesOf(part) {
    const texts = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return texts.flatMap((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return [...range.getClientRects()];
    });
  }

  function overlap(a, b) {
    // Line boxes of neighbouring lines touch, so a few pixels are no overlap.
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 4 && high > 6;
  }
}

/** The words of a card on one line; Danish figures hold spaces that do not break, which a person reads as spaces. */
export async function wordsOf(card) {
  return (await card.innerText()).replace(/\s+/gu, ' ').trim();
}
