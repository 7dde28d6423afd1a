// Starts programs, keeps what they print, and ends exactly those programs again, whatever happens.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const running = new Set();
const MOST_OUTPUT_KEPT = 1_000_000;

// The last resort when this process ends without having stopped its programs.
process.on('exit', () => running.forEach((program) => program.child.kill('SIGKILL')));

class Program {
  constructor(name, child, logFile) {
    this.name = name;
    this.child = child;
    this.output = '';
    const log = logFile ? createWriteStream(logFile) : null;
    const keep = (chunk) => {
      this.output = (this.output + chunk).slice(-MOST_OUTPUT_KEPT);
      log?.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    this.ended = new Promise((done) => {
      const finish = (how) => {
        running.delete(this);
        this.how = how;
        log?.end();
        done(how);
      };
      child.once('error', (error) => finish(error.message));
      child.once('close', (code, signal) => finish(signal ? `signal ${signal}` : `exit code ${code}`));
    });
    running.add(this);
  }

  get hasEnded() {
    return this.how !== undefined;
  }

  lastLines(count) {
    return this.output.trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Asks the program to end, and insists after `patience` milliseconds. */
  async stop(patience = 5_000) {
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    const ended = await Promise.race([this.ended, sleep(patience, null, { ref: false })]);
    if (ended === null) {
      this.child.kill('SIGKILL');
      await this.ended;
    }
  }
}

export function start(name, command, args, { cwd, env, logFile }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Program(name, child, logFile);
}

export async function stopAll() {
  await Promise.all([...running].map((program) => program.stop()));
}

/** Waits until `check` gives something truthy, the program ends, or the time is up. */
export async function waitUntil(program, what, check, timeout) {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    if (program.hasEnded) {
      throw new Error(`${program.name} ended (${program.how}) before ${what}.\n${program.lastLines(30)}`);
    }
    const result = await check();
    if (result) return result;
    await sleep(100);
  }
  throw new Error(`${program.name}: ${what} did not happen within ${timeout / 1000} s.\n${program.lastLines(30)}`);
}
