/** What all reports have in common, and the file in which they stand. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { ROUNDS } from './figures.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const whole = (number) => Math.round(number).toLocaleString('en');
export const mebibytes = (bytes) => (bytes === null ? 'not measured' : `${whole(bytes / 1024 / 1024)} MiB`);

/** A figure of times as one of rates: the least time is the greatest rate. */
export const ratesOf = ({ median, min, max }, rows) => ({ median: rows / median, min: rows / max, max: rows / min });

export const spread = ({ median, min, max }, digits = 0) => {
  const shown = (number) =>
    number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [shown(median), `${shown(min)} – ${shown(max)}`];
};

export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

function commit() {
  try {
    const git = (...args) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src', 'prisma') === '' ? '' : ', changed')
    );
  } catch {
    return 'unknown';
  }
}

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** On what was measured, as a list. */
export const circumstances = ({ rows, postgres, servers = 'embedded', node = process.versions.node, more = [] }) => {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    `${cpu}, ${os.cpus().length} processors, ${mebibytes(os.totalmem())} of memory, ${os.type()} ${os.arch()}`,
    `Node ${node}, Postgres ${postgres} (${servers}), Prisma ${versionOf('@prisma/client')}, pg ${versionOf('pg')}`,
    `${whole(rows)} generated rows (seed 7). Whatever is measured shares the machine with Postgres and who asks.`,
    ...more,
  ]
    .map((line) => `- ${line}\n`)
    .join('');
};

const README = new URL('README.md', import.meta.url);

/** The sections of README.md in their order, with their headings. */
const SECTIONS = {
  extract: 'Extract',
  import: 'Import',
  graphql: 'GraphQL',
  cost: 'Cost',
  mixed: 'Beside other clients',
  metrics: 'Metrics',
  readers: 'Readers on standbys',
  audit: 'The audit log',
  hostile: 'Requests of the greatest size',
};

const INTRODUCTION = `# Benchmarks

Medians of ${ROUNDS} runs, with the least and the greatest. What is compared is measured in turn, round after round, after one round that doesn’t
count. Each part is written by the command at its head, which replaces what stands there.
`;

/** Replaces a section of README.md, and prints it. */
export async function writeSection(name, text) {
  const written = readFileSync(README, 'utf8');
  const sections = Object.entries(SECTIONS).map(([key, heading]) => {
    const before = new RegExp(`^## ${heading}\\n[^]*?(?=^## |(?![^]))`, 'm').exec(written)?.[0] ?? '';
    return key === name
      ? `## ${heading}\n\n\`npm run bench -- ${key}\`\n\n${text.trimEnd()}\n`
      : before.trimEnd() && `${before.trimEnd()}\n`;
  });
  writeFileSync(README, [INTRODUCTION, ...sections.filter(Boolean)].join('\n'));
  process.stdout.write(`${text}\n`);
}
