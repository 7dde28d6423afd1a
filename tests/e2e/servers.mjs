// Brings up the bot and the Playground on this machine only, and knows when each of them is ready.
import { createServer } from 'node:net';
import { join } from 'node:path';

import { start, waitUntil } from './processes.mjs';
import { findBot, findPython, here, playgroundCli, repository } from './surroundings.mjs';

// The first start makes a database and loads the plan.
const BOT_READY_WITHIN = 40_000;
const PLAYGROUND_READY_WITHIN = 20_000;

export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts the bot on a new database in `folder`; returns the program and its address. */
export async function startBot({ folder, logFile }) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const bot = start('The bot', findPython(), [findBot(), 'serve'], {
    cwd: repository,
    env: {
      ...environmentWithoutBotSettings(),
      DATABASE_URL: databaseIn(folder),
      HOST: '127.0.0.1',
      PORT: String(port),
      PYTHONUNBUFFERED: '1',
    },
    logFile,
  });
  await waitUntil(bot, `${address}/readyz answering 200`, () => answers(`${address}/readyz`), BOT_READY_WITHIN);
  return { program: bot, address };
}

/** Stores a figure of goal 1.1 in the bot's database, known on a day of April 2025, and looks whether its status changed. */
export async function reportGoal11({ folder, value, day }) {
  const script = start('The report', findPython(), [join(here, 'report_goal_11.py'), databaseIn(folder), String(value), String(day)], {
    cwd: repository,
    env: { ...environmentWithoutBotSettings(), PYTHONPATH: repository },
  });
  const how = await script.ended;
  if (how !== 'exit code 0') throw new Error(`The report ended with ${how}: ${script.lastLines(5)}`);
}

/** The questions whose answers got a thumb down, as the bot's own command lists them. */
export async function questionsWithThumbDown({ folder }) {
  const listing = start('The list of questions', findPython(), ['bot.py', 'feedback', '--thumbs', 'down', '--json'], {
    cwd: repository,
    env: { ...environmentWithoutBotSettings(), DATABASE_URL: databaseIn(folder) },
  });
  const how = await listing.ended;
  if (how !== 'exit code 0') throw new Error(`The list ended with ${how}: ${listing.lastLines(5)}`);
  return JSON.parse(listing.output);
}

function databaseIn(folder) {
  return `sqlite+aiosqlite:///${join(folder, 'bplan.db')}`;
}

/** Starts the demonstration on a new database in `folder`; returns the program and its address. */
export async function startDemo({ folder, logFile, hurry = [] }) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const demo = start('The demonstration', findPython(), ['-m', 'demo', '--port', String(port), '--folder', folder, ...hurry], {
    cwd: repository,
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
    logFile,
  });
  await waitUntil(demo, `${address}/readyz answering 200`, () => answers(`${address}/readyz`), BOT_READY_WITHIN);
  return { program: demo, address };
}

/** Starts the Playground against a running bot; returns the program and the address of its page. */
export async function startPlayground({ botAddress, port, folder, logFile }) {
  const node = ['--require', join(here, 'loopback.cjs')];
  const flags = ['--app-endpoint', `${botAddress}/api/messages`, '--port', String(port), '--disable-telemetry'];
  const playground = start('The Playground', process.execPath, [...node, playgroundCli(), 'start', ...flags], {
    // It reads a configuration file from the folder it is started in, so that is one of ours.
    cwd: folder,
    // It honours HTTP_PROXY even for the bot beside it.
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', NO_PROXY: '127.0.0.1,localhost' },
    logFile,
  });
  // It takes another port than the one asked for when that is in use.
  const listening = await waitUntil(
    playground,
    'saying which port it listens on',
    () => /Listening on (\d+)/.exec(playground.output),
    PLAYGROUND_READY_WITHIN,
  );
  return { program: playground, address: `http://127.0.0.1:${listening[1]}` };
}

export async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function environmentWithoutBotSettings() {
  // A developer's own credentials and settings would make this another bot than the one under test.
  // The empty values also win over a .env file.
  const kept = Object.entries(process.env).filter(([name]) => !/^(MicrosoftApp|BPLAN_)/.test(name));
  return { ...Object.fromEntries(kept), MicrosoftAppId: '', MicrosoftAppPassword: '', MicrosoftAppTenantId: '' };
}
