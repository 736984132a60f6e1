import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { runInside } from './godwit-inside.ts';
import { type Block, isCommands, isOutput, type Shown, shownOf, type Treatment } from './page-blocks.ts';
import { wordsOf } from './page-commands.ts';
import { makePlace, type Place } from './page-surroundings.ts';

const main = resolve(import.meta.dirname, '../../dist/interfaces/cli/main.js');

/** What went wrong with a block: where it stands, and how its command ended. */
export type Wrong = { readonly at: string; readonly command: string; readonly why: string };

type Staying = { type(line: string): void; said(): string; end(): Promise<void> };
type Ended = { readonly exit: number; readonly output: string };

/**
 * Runs the blocks of one page in their order. Blocks that name the same surroundings share them, and what a block
 * exports is there in those after it. Ends everything that it started.
 */
export async function runPage(blocks: readonly Block[]): Promise<readonly Wrong[]> {
  const session: Session = { places: new Map(), staying: [], exported: {} };
  const wrong: Wrong[] = [];
  try {
    for (const block of blocks) {
      const { treatment } = block;
      const last = session.staying.at(-1);
      if (treatment?.kind === 'typed') for (const line of block.text.trim().split('\n')) last?.type(line);
      if (treatment?.kind === 'ended') {
        await last?.end();
        const why = unlessShown(`…\n${block.text.trimEnd()}`, last?.said() ?? '');
        if (why !== undefined) wrong.push({ at: atOf(block), command: 'end', why });
      }
      if (treatment?.kind === 'run' && isCommands(block.language))
        wrong.push(...(await runBlock(block, { treatment, session })));
    }
  } finally {
    for (const one of session.staying) await one.end();
    for (const place of session.places.values()) await place.remove();
  }
  return wrong;
}

type Run = Extract<Treatment, { kind: 'run' }>;
type Session = {
  readonly places: Map<string, Place>;
  readonly staying: Staying[];
  /** What a block exported, for the places that do not have it of their own. */
  readonly exported: Record<string, string>;
};

async function runBlock(
  block: Block,
  { treatment, session }: { readonly treatment: Run; readonly session: Session },
): Promise<readonly Wrong[]> {
  const place = await placeOf(treatment, session);
  const shown = shownOf(block);
  const wrong: Wrong[] = [];
  for (const [index, one] of shown.entries()) {
    const isLast = index === shown.length - 1;
    const command = filled(one.command, place, session.staying.at(-1)?.said() ?? '');
    const there = { ...place, env: { ...session.exported, ...place.env } };
    const assigned = /^export (\w+)=(.*)$/.exec(command);
    let why: string | undefined;
    if (assigned !== null) session.exported[assigned[1] ?? ''] = assigned[2] ?? '';
    else if (isLast && treatment.stays) {
      const began = await startStaying({ ...one, command }, there);
      session.staying.push(began);
      why = one.output === undefined ? undefined : unlessShown(`${one.output}\n…`, began.said());
    } else {
      const ended = await runOne({ ...one, command }, there);
      why = complaint(one, ended, isLast ? treatment.exit : 0);
    }
    if (why !== undefined) wrong.push({ at: atOf(block), command, why });
  }
  return wrong;
}

async function placeOf({ surroundings: name, isNew }: Run, { places }: Session): Promise<Place> {
  if (isNew) {
    await places.get(name)?.remove();
    places.delete(name);
  }
  const place = places.get(name) ?? (await makePlace(name, prepare));
  places.set(name, place);
  return place;
}

function atOf({ page, line }: Block): string {
  return `${page}:${line}`;
}

async function prepare(command: string, place: Place): Promise<void> {
  const ended = await runOne({ command, output: undefined }, place);
  if (ended.exit !== 0) throw new Error(`${command} before a page: ${ended.output}`);
}

function complaint({ output }: Shown, ended: Ended, exit: number): string | undefined {
  if (ended.exit !== exit) return `ended with ${ended.exit} instead of ${exit}:\n${ended.output}`;
  return output === undefined || output === '' ? undefined : unlessShown(output, ended.output);
}

function unlessShown(shown: string, came: string): string | undefined {
  return isOutput(shown, came) ? undefined : `printed something else than the page shows:\n${came}`;
}

/** What varies in a command: the folder of the plan, and a `…` in what a command that stays has printed. */
function filled(command: string, { cwd }: Place, said: string): string {
  const withPlan = command.replaceAll(/migrations\/(<id>|20260101-[\w-]+)/g, () => `migrations/${newestPlan(cwd)}`);
  const [before = '', after] = withPlan.replace('export ', '').split('…');
  if (after === undefined) return withPlan;
  const found = new RegExp(`${before.replaceAll(/[?.]/g, '\\$&')}\\S*${after}`).exec(said)?.[0];
  return withPlan.replace(`${before}…${after}`, found ?? '');
}

function newestPlan(cwd: string): string {
  const plans = readdirSync(join(cwd, 'migrations')).filter((name) => /^\d{8}-/.test(name));
  return plans.sort().at(-1) ?? 'none';
}

/** In the process of the test where it is nothing but a call of godwit, which is quick; else a shell runs it. */
async function runOne({ command, output }: Shown, place: Place): Promise<Ended> {
  const isPlain = /^godwit (?!mcp)/.test(command) && !/[|<>&;$`*~]/.test(command.replaceAll(/"[^"]*"/g, ''));
  if (isPlain && output === undefined) {
    const { exit, stdout, stderr } = await runInside(wordsOf(command).slice(1), place);
    return { exit, output: `${stdout}${stderr}` };
  }
  const child = inShell(command, place);
  child.stdin.end();
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const [code] = await once(child, 'close');
  return { exit: Number(code), output: printed };
}

async function startStaying({ command, output = '' }: Shown, place: Place): Promise<Staying> {
  const child = inShell(`exec ${command}`, place);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const closed = once(child, 'close');
  const lines = output.split('\n').length;
  while (child.exitCode === null && said.split('\n').length <= lines)
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), closed]);
  return {
    said: () => said,
    type: (line) => child.stdin.write(`${line}\n`),
    end: async () => {
      if (child.exitCode === null) child.kill('SIGINT');
      await closed;
    },
  };
}

function inShell(command: string, { cwd, env }: Place) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const path = `${godwitFolder()}${delimiter}${process.env.PATH}`;
  return spawn('bash', ['-euo', 'pipefail', '-c', `exec 2>&1; ${command}`], {
    cwd,
    env: { ...inherited, ...env, PATH: path, NO_COLOR: '1' },
  });
}

let folder: string | undefined;

/** A folder with the built command line under its name. */
function godwitFolder(): string {
  if (folder !== undefined) return folder;
  folder = mkdtempSync(join(tmpdir(), 'godwit-bin-'));
  writeFileSync(join(folder, 'godwit'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(join(folder, 'godwit'), 0o755);
  return folder;
}
