// `make playground`: Microsoft's Agents Playground against the bot that already runs on this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stopAll } from './processes.mjs';
import { answers, startPlayground } from './servers.mjs';
import { Missing } from './surroundings.mjs';

const USUAL_PORT = 56150;
const bot = `http://127.0.0.1:${process.env.PORT || 3978}`;

async function main() {
  if (!(await answers(`${bot}/healthz`))) {
    console.error(`The bot does not answer at ${bot}.`);
    console.error('Start it with "make run" in another window, then run "make playground" again.');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bplan-playground-'));
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    void stopAll();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { program, address } = await startPlayground({ botAddress: bot, port: USUAL_PORT, folder });
    console.log(`The Playground talks to the bot at ${bot}.`);
    console.log(`Open ${address} in a browser and write: status for mål 6.2`);
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
