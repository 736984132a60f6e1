import { isSpoken } from '../../../command-files.ts';
import { type PnpmCommands, pnpmCommands } from './commands.ts';

/** A workflow of GitHub Actions with pnpm: its setup before that of Node, its cache and its commands. Pure. */
export function pnpmWorkflow(
  text: string,
  programs: ReadonlySet<string>,
): PnpmCommands & { readonly isWithout: boolean } {
  const lines = text.split('\n').map((line) => (isSpoken(line) ? line : otherNames(line)));
  const commands = pnpmCommands(lines.filter((line) => !isSpoken(line)).join('\n'), programs).text.split('\n');
  const made = lines.map((line) => (isSpoken(line) ? line : (commands.shift() ?? line)));
  const now = made.join('\n') === text ? text : withSetup(made).join('\n');
  const left = pnpmCommands(now, programs).left.filter(({ offset }) => !isSpoken(lineAt(now, offset)));
  return { text: now, left, isWithout: now !== text && !now.includes('pnpm/action-setup') };
}

function otherNames(line: string): string {
  return line
    .replace(/(\bcache:[ \t]*["']?)npm(?=["']?[ \t]*(?:[,}\r]|$))/, '$1pnpm')
    .replaceAll('package-lock.json', 'pnpm-lock.yaml');
}

function withSetup(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => line.includes('pnpm/action-setup'))) return lines;
  const out: string[] = [];
  for (const line of lines) {
    if (/\buses:[ \t]*actions\/setup-node@/.test(line)) {
      const at = out.findLastIndex((one) => /^\s*- /.test(one));
      const own = /^(\s*)- /.exec(line)?.[1];
      const indent = own ?? /^(\s*)- /.exec(out[at] ?? '')?.[1];
      const step = `- uses: pnpm/action-setup@v4${line.endsWith('\r') ? '\r' : ''}`;
      if (indent !== undefined) out.splice(own === undefined ? at : out.length, 0, `${indent}${step}`);
    }
    out.push(line);
  }
  return out;
}

function lineAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n')[0] ?? '';
}
