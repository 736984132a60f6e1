import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  allPages,
  type Block,
  blocksOf,
  isCommands,
  isOutput,
  shownOf,
  type Treatment,
  textOfPage,
} from './support/page-blocks.ts';
import { runPages } from './support/page-surroundings.ts';
import { runPage } from './support/run-page.ts';

const root = join(import.meta.dirname, '..');
const all = allPages().flatMap((page) => blocksOf(page));
const commands = all.filter(({ language }) => isCommands(language));
/** As many as there are now; one more wants a reason that is as good. */
const byHandMax = 13;

const at = ({ page, line }: Block) => `${page}:${line}`;

it('every block of a page has a language, and every block of commands says how it is run', () => {
  expect(all.filter(({ language }) => language === '').map(at)).toEqual([]);
  const untold = commands.filter(({ treatment }) => treatment === undefined).map(at);
  expect(untold, 'write `<!-- run: SURROUNDINGS -->` on the line before (test/support/page-surroundings.ts)').toEqual(
    [],
  );
  expect(commands.length).toBeGreaterThan(100);
});

it('the commands that only people can run are few, and say why', () => {
  const byHand = commands.flatMap((block) =>
    block.treatment?.kind === 'by-hand' ? [`${at(block)}: ${block.treatment.reason}`] : [],
  );
  process.stdout.write(
    `${commands.length} blocks of commands in the pages, ${byHand.length} only for people:\n${byHand.join('\n')}\n`,
  );
  expect(byHand.filter((line) => line.length < line.indexOf(': ') + 20)).toEqual([]);
  expect(byHand.length).toBeLessThanOrEqual(byHandMax);
});

it('the test or page that a page names runs the commands of that page', () => {
  for (const block of commands) {
    if (block.treatment?.kind !== 'run-by') continue;
    const path = join(root, block.treatment.test);
    expect(existsSync(path), `${at(block)} names ${block.treatment.test}`).toBe(true);
    const text = readFileSync(path, 'utf8');
    const readsPage = text.includes(block.page.replace('docs/', '')) && text.includes('commandsOf(');
    const holdsAll = shownOf(block).every(({ command }) => path.endsWith('.md') && isRunIn(block.treatment, command));
    expect(
      path.endsWith('.md') ? holdsAll : readsPage,
      `${at(block)}: ${block.treatment.test} does not run these commands`,
    ).toBe(true);
  }
});

function isRunIn(treatment: Treatment | undefined, command: string): boolean {
  const named = treatment?.kind === 'run-by' ? treatment.test : '';
  return commands
    .filter(({ page, treatment: own }) => page === named && (own?.kind === 'run' || own?.kind === 'run-by'))
    .some((block) => shownOf(block).some((one) => one.command === command));
}

describe('the commands of every page run as they stand', () => {
  it.each(runPages('quick'))('%s', async (page) => {
    expect(await runPage(all.filter((block) => block.page === page))).toEqual([]);
  });
});

it('links lead to pages and headings that are there', () => {
  const broken: string[] = [];
  for (const page of allPages()) {
    const prose = textOfPage(page).replaceAll(/`[^`\n]*`/g, '');
    for (const [, target = '', anchor] of prose.matchAll(/\]\(([^)#\s]*)(?:#([^)]+))?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const path = target === '' ? page : join(page, '..', target);
      if (!existsSync(join(root, path))) broken.push(`${page}: ${target}`);
      else if (anchor !== undefined && !anchorsOf(readFileSync(join(root, path), 'utf8')).includes(anchor))
        broken.push(`${page}: ${target}#${anchor}`);
    }
  }
  expect(broken).toEqual([]);
});

/** The anchors of headings as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('outputs that a page shows', () => {
  it.each<readonly [string, string, boolean]>([
    ['a', 'a\n', true],
    ['a … c', 'a bb c', true],
    ['a … c', 'a b\nc', false],
    ['…\nc', 'a\nb\nc', true],
    ['a\n…', 'a\nb\nc', true],
    ['a\n…', 'a', true],
    ['a', 'a\nb', false],
    ['1 (2.5 s)', '1 (205 s)', false],
  ])('%j and %j', (shown, came, same) => expect(isOutput(shown, came)).toBe(same));

  it('are told from the commands', () =>
    expect(shownOf({ language: 'console', text: '$ a\nb\n$ c\n' })).toEqual([
      { command: 'a', output: 'b' },
      { command: 'c', output: '' },
    ]));

  it('and a comment is told from the block before', () => {
    const page =
      '<!-- run: shop, exit 3, anew -->\n```sh\na\n```\n\n```sh\nb\n```\n<!-- by hand: why -->\n```sh\nc\n```\n';
    expect(blocksOf('x.md', page).map(({ treatment, line }) => [line, treatment])).toEqual([
      [2, { kind: 'run', surroundings: 'shop', exit: 3, stays: false, isNew: true }],
      [6, { kind: 'run', surroundings: 'shop', exit: 0, stays: false, isNew: false }],
      [10, { kind: 'by-hand', reason: 'why' }],
    ]);
  });
});
