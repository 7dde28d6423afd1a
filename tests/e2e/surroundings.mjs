// What the test needs from the machine (packages, a browser, Python), and one sentence on what to do when it is missing.
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

export const here = dirname(fileURLToPath(import.meta.url));
export const repository = resolve(here, '..', '..');

/** Something must be installed first; `message` says what and how. */
export class Missing extends Error {}

export function playgroundCli() {
  try {
    return join(dirname(require.resolve('@microsoft/m365agentsplayground/package.json')), 'cli.js');
  } catch {
    throw packagesMissing();
  }
}

export async function loadPlaywright() {
  try {
    return await import('playwright-core');
  } catch {
    throw packagesMissing();
  }
}

export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named && !isExecutable(named)) {
    throw new Missing(`CHROMIUM names ${named}, which is not a program: correct it, or unset it to have the browser looked for.`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = [named, '/usr/bin/chromium', ...names.map(onPath)].find((file) => file && isExecutable(file));
  if (!found) {
    throw new Missing('Chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM to the browser.');
  }
  return found;
}

export function findConvert() {
  const found = onPath('convert');
  if (!found) throw new Missing('ImageMagick is missing: install it (Debian: apt-get install imagemagick).');
  return found;
}

export function findPython() {
  const python = process.env.PYTHON || join(repository, '.venv', 'bin', 'python');
  const program = python.includes('/') ? resolve(repository, python) : onPath(python);
  if (!program || !isExecutable(program)) {
    throw new Missing(`Python is missing at ${python}: run "make e2e", which sets it up, or set PYTHON to the project's Python.`);
  }
  return program;
}

export function findBot() {
  if (!existsSync(join(repository, 'bot.py'))) {
    throw new Missing('bot.py is missing at the root of the repository, so there is no bot to test.');
  }
  return 'bot.py';
}

function packagesMissing() {
  return new Missing('The Node packages are missing: run "npm ci" in tests/e2e (Node 20 or newer).');
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
