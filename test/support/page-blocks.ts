import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What becomes of a block of commands; a comment on the line before it says so, else it is as the block before. */
export type Treatment =
  | {
      readonly kind: 'run';
      /** What it is run in; the same one for all blocks of a page that name it. */
      readonly surroundings: string;
      /** Exit code of the last command. */
      readonly exit: number;
      /** The last command goes on until it is ended. */
      readonly stays: boolean;
      /** The surroundings are made anew. */
      readonly isNew: boolean;
    }
  /** The lines are typed into the command of the block before that stays. */
  | { readonly kind: 'typed' }
  /** The command that stays is ended, and this is the end of what it printed. */
  | { readonly kind: 'ended' }
  /** Another test runs exactly these commands. */
  | { readonly kind: 'run-by'; readonly test: string }
  | { readonly kind: 'by-hand'; readonly reason: string };

/** A fenced block of a page. */
export type Block = {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly treatment: Treatment | undefined;
};

/** README.md and every page of docs/, by hand and generated. */
export function allPages(): readonly string[] {
  const found = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = found.filter((path) => path.endsWith('.md')).map((path) => `docs/${path.replaceAll('\\', '/')}`);
  return ['README.md', ...pages.sort()];
}

export function textOfPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Every fenced block of a page, in order. */
export function blocksOf(page: string, text = textOfPage(page)): readonly Block[] {
  const blocks: Block[] = [];
  let treatment: Treatment | undefined;
  const fence = /(?:^<!-- (run|typed|ended|run by|by hand)(?:: ([^>]*))? -->\n)?^( *)```([\w-]*)\n([\s\S]*?)^\3```$/gm;
  for (const { index, 1: kind, 2: rest = '', 4: language = '', 5: inside = '' } of text.matchAll(fence)) {
    if (kind !== undefined) treatment = treatmentOf(kind, rest);
    const line = text.slice(0, index).split('\n').length + (kind === undefined ? 0 : 1);
    blocks.push({ page, line, language, text: inside, treatment });
    if (treatment?.kind === 'run' && isCommands(language))
      treatment = { ...treatment, exit: 0, stays: false, isNew: false };
  }
  return blocks;
}

export function isCommands(language: string): boolean {
  return ['sh', 'bash', 'shell', 'console'].includes(language);
}

function treatmentOf(kind: string, rest: string): Treatment {
  if (kind === 'typed' || kind === 'ended') return { kind };
  if (kind === 'run by') return { kind: 'run-by', test: rest };
  if (kind === 'by hand') return { kind: 'by-hand', reason: rest };
  const [surroundings = '', ...words] = rest.split(', ');
  const exit = words.flatMap((word) => /^exit (\d+)$/.exec(word)?.[1] ?? []).map(Number)[0] ?? 0;
  const unknown = words.filter((word) => !/^(stays|anew|exit \d+)$/.test(word));
  if (unknown.length > 0) throw new Error(`a comment of a block says ${unknown.join(', ')}: not known`);
  return { kind: 'run', surroundings, exit, stays: words.includes('stays'), isNew: words.includes('anew') };
}

/** A command with the output that is shown below it. */
export type Shown = { readonly command: string; readonly output: string | undefined };

/** The commands of a block: every line of `sh`, without the comment at its end; of `console` what stands behind `$ `, with the output below. */
export function shownOf({ language, text }: Pick<Block, 'language' | 'text'>): readonly Shown[] {
  if (language !== 'console') {
    return text
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
      .map((command) => ({ command: command.replace(/\s+#\s.*$/, '').trim(), output: undefined }));
  }
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n').trimEnd() };
    });
}

/**
 * Is this the output that came? `…` within a line stands for any text of the line, a line that is `…` for any lines;
 * everything else has to be there, byte for byte.
 */
export function isOutput(shown: string, came: string): boolean {
  const lines = shown.split('\n').map((line) => {
    if (line.trim() === '…') return '(?:.*\n)*?';
    return `${line.trimEnd().split('…').map(escaped).join('.*?')} *\n`;
  });
  return new RegExp(`^${lines.join('')}$`).test(`${came.trimEnd()}\n`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
