// The Playground draws every card as if it had a wide window, where Teams leaves out what is meant for other widths
// (`targetWidth`). This does that leaving out on the way to the page, so that a narrow page gets the card a phone gets.

// Narrowest first. A card in a chat is "standard" on a computer and "narrow" on a phone.
const WIDTHS = ['verynarrow', 'narrow', 'standard', 'wide'];

/** Sends every card on its way to the page through the widths; `width()` tells the page's width at that moment. */
export function honourTargetWidth(page, width) {
  return page.routeWebSocket(/\/conversations\/stream$/, (toPage) => {
    const toPlayground = toPage.connectToServer();
    toPlayground.onMessage((frame) => toPage.send(adaptedFrame(frame, width())));
  });
}

function adaptedFrame(frame, width) {
  const news = JSON.parse(frame);
  for (const attachment of news.message?.attachments ?? []) attachment.content = adapted(attachment.content, width);
  return JSON.stringify(news);
}

function adapted(part, width) {
  if (Array.isArray(part)) return part.filter((item) => isMeantFor(item, width)).map((item) => adapted(item, width));
  if (typeof part !== 'object' || part === null) return part;
  // What is left must lose its targetWidth, or the page would leave it out after all.
  const kept = Object.entries(part).filter(([name]) => name !== 'targetWidth');
  return Object.fromEntries(kept.map(([name, value]) => [name, adapted(value, width)]));
}

function isMeantFor(item, width) {
  const [first, second] = (item?.targetWidth ?? '').toLowerCase().split(':');
  if (!first) return true;
  if (!second) return first === width;
  const distance = WIDTHS.indexOf(width) - WIDTHS.indexOf(second);
  return first === 'atleast' ? distance >= 0 : distance <= 0;
}
