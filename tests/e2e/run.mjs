// `make e2e`, and `make pictures` with another walk: the bot, Microsoft's Agents Playground and a browser, brought up, walked through and taken down again.
// Exit code 0: all steps passed. 1: one failed (screenshot and logs are in E2E_OUT). 2: something must be installed first.
import { AssertionError } from 'node:assert';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { keepPictures } from './keep-pictures.mjs';
import { pictureDemoSteps, pictureSteps } from './picture-steps.mjs';
import { PlaygroundPage, launchBrowser } from './playground-page.mjs';
import { stopAll } from './processes.mjs';
import { demoSteps } from './demo-steps.mjs';
import { freePort, startBot, startDemo, startPlayground } from './servers.mjs';
import { steps } from './steps.mjs';
import { Missing, findBot, findChromium, findConvert, findPython, loadPlaywright, playgroundCli, repository } from './surroundings.mjs';

const WHOLE_RUN = 900_000;
const ONE_STEP = 240_000;

const pictures = process.argv[2] === 'pictures';
const out = resolve(process.env.E2E_OUT || join(repository, 'var', pictures ? 'pictures' : 'e2e'));

async function checkSurroundings() {
  playgroundCli();
  await loadPlaywright();
  findChromium();
  findPython();
  findBot();
  if (pictures) findConvert();
}

const walks = [
  { name: 'bot', startIt: startBot, steps: pictures ? pictureSteps : steps },
  { name: 'demo', startIt: startDemo, steps: pictures ? pictureDemoSteps : demoSteps },
];

async function walkThrough(browser, folder, { name, startIt, steps }) {
  const bot = await startIt({ folder, logFile: join(out, `${name}.log`) });
  const playground = await startPlayground({
    botAddress: bot.address,
    port: await freePort(),
    folder,
    logFile: join(out, `playground-${name}.log`),
  });
  const chat = await PlaygroundPage.open(browser, playground.address, out);
  await chat.hideLog();
  const failed = [];
  for (const [number, [title, act]] of steps.entries()) {
    const started = Date.now();
    try {
      await within(ONE_STEP, `The step "${title}"`, act(chat, { bot: bot.program, folder }));
      console.log(`ok    ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(title);
      console.error(`FAILED ${title}\n${stripVTControlCharacters(error.message)}\n`);
      await photographFailure(chat, `failed-${name}-${number + 1}`);
      // What was seen was wrong, but the chat can go on; after anything else its state is not known.
      if (!(error instanceof AssertionError)) return summary(steps, number + 1, failed, [bot.program, playground.program]);
    }
  }
  await chat.page.close();
  return summary(steps, steps.length, failed, [bot.program, playground.program]);
}

async function photographFailure(chat, name) {
  await chat.photographWindow(name).catch((reason) => console.error(`No screenshot: ${reason.message}`));
}

function summary(steps, done, failed, programs) {
  if (failed.length) {
    for (const program of programs) console.error(`--- ${program.name} printed last:\n${program.lastLines(30)}\n`);
    console.error('Failures are pictured in failed-*.png; the logs are beside them.');
  }
  return { passed: done - failed.length, failed: failed.length, skipped: steps.length - done };
}

function within(time, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${time / 1000} s.`)), time);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function main() {
  await checkSurroundings();
  mkdirSync(out, { recursive: true });
  for (const file of readdirSync(out)) if (pictures || file.startsWith('failed-')) rmSync(join(out, file));
  const folder = mkdtempSync(join(tmpdir(), 'bplan-e2e-'));
  let browser;
  const interrupted = new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error(`Stopped by ${signal}.`)));
  });
  const walk = async () => {
    browser = await launchBrowser();
    const found = { passed: 0, failed: 0, skipped: 0 };
    for (const each of walks) {
      const place = join(folder, each.name);
      mkdirSync(place);
      const result = await walkThrough(browser, place, each);
      await stopAll();
      for (const kind of Object.keys(found)) found[kind] += result[kind];
    }
    return found;
  };
  try {
    const { passed, failed, skipped } = await Promise.race([within(WHOLE_RUN, 'The whole run', walk()), interrupted]);
    console.log(`Screenshots: ${out}\n${passed} passed, ${failed} failed, ${skipped} skipped`);
    if (pictures) console.log(`${keepPictures(out)} cards in docs/pictures; docs/cards.md lists them.`);
    return failed ? 1 : 0;
  } finally {
    await browser?.close().catch(() => {});
    await stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

const exitCode = await main().catch((error) => {
  console.error(error.message);
  return error instanceof Missing ? 2 : 1;
});
// A walk that was given up may still hold timers or sockets; everything it started has been ended above.
process.exit(exitCode);
