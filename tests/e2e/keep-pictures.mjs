// Keeps the pictures of cards for the documentation: small files with a palette of colours.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findConvert, repository } from './surroundings.mjs';

const COLOURS = '48';
const WIDTH = '75%';

/** Writes every card of `from` to docs/pictures, small; returns how many. */
export function keepPictures(from) {
  const to = join(repository, 'docs', 'pictures');
  mkdirSync(to, { recursive: true });
  const cards = readdirSync(from).filter((name) => name.endsWith('.png') && !/-window\.png$|^failed-/.test(name));
  for (const name of cards) {
    // Without dates in the file, the same card gives the same bytes.
    const small = ['-resize', WIDTH, '+dither', '-colors', COLOURS, '-strip', '-define', 'png:exclude-chunks=date,time'];
    execFileSync(findConvert(), [join(from, name), ...small, `PNG8:${join(to, name)}`]);
  }
  return cards.length;
}
