// `make playground`: Microsoft's Agents Playground against the bot that already runs on this machine.
// `make demo`: the Playground with a demonstration of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stopAll } from './processes.mjs';
import { answers, startDemo, startPlayground } from './servers.mjs';
import { Missing } from './surroundings.mjs';

const USUAL_PORT = 56150;
const demonstration = process.argv[2] === 'demo';
const tryThis = demonstration ? 'and watch the chat: a round is played within a minute' : 'and write: status for mål 6.2';

async function findBotThatRuns() {
  const address = `http://127.0.0.1:${process.env.PORT || 3978}`;
  if (await answers(`${address}/healthz`)) return address;
  console.error(`The bot does not answer at ${address}.`);
  console.error('Start it with "make run" in another window, then run "make playground" again.');
  return null;
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bplan-playground-'));
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    void stopAll();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const bot = demonstration ? (await startDemo({ folder })).address : await findBotThatRuns();
    if (!bot) return 1;
    const { program, address } = await startPlayground({ botAddress: bot, port: USUAL_PORT, folder });
    console.log(`The Playground talks to the bot at ${bot}.`);
    console.log(`Open ${address} in a browser ${tryThis}.`);
    console.log('Ctrl-C stops it.');
    const how = await program.ended;
    if (interrupted) return 0;
    console.error(`The Playground ended by itself (${how}).\n${program.lastLines(20)}`);
    return 1;
  } catch (error) {
    if (interrupted) return 0;
    throw error;
  } finally {
    await stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return error instanceof Missing ? 2 : 1;
});
