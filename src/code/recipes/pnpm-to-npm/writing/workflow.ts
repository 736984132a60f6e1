import { isSpoken } from '../../../command-files.ts';
import { type CommandNames, type NpmCommands, npmCommands } from './commands.ts';

/** A workflow of GitHub Actions with npm: without the setup of pnpm, with its cache and its commands. Pure. */
export function npmWorkflow(text: string, names: CommandNames): NpmCommands {
  const lines = withoutSetup(text.split('\n')).map((line) => (isSpoken(line) ? line : otherNames(line)));
  const commands = npmCommands(lines.filter((line) => !isSpoken(line)).join('\n'), names).text.split('\n');
  const now = lines.map((line) => (isSpoken(line) ? line : (commands.shift() ?? line))).join('\n');
  const left = [...now.matchAll(/^(?!\s*(?:#|(?:- )?name:)).*?((?<![\w-])(?:pnpm|pnpx|corepack)\b[^\r\n]*)/gm)];
  return {
    text: now,
    left: left.map((match) => ({
      offset: match.index + match[0].length - (match[1] ?? '').length,
      length: (match[1] ?? '').length,
    })),
  };
}

function otherNames(line: string): string {
  return line
    .replace(/(\bcache:[ \t]*["']?)pnpm(?=["']?[ \t]*(?:[,}\r]|$))/, '$1npm')
    .replaceAll('pnpm-lock.yaml', 'package-lock.json');
}

/** The step goes as a whole; one that installs, too, stays and is named. */
function withoutSetup(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const indent = /^(\s*)- /.exec(lines[at] ?? '')?.[1];
    const next = lines.findIndex(
      (line, other) => other > at && line.trim() !== '' && depthOf(line) <= (indent ?? '').length,
    );
    const size = indent === undefined ? 1 : (next === -1 ? lines.length : next) - at;
    const step = lines.slice(at, at + size);
    const isSetup = step.some((line) => /^\s*(- )?uses:[ \t]*["']?pnpm\/action-setup@/.test(line));
    const installs = step.some((line) => /^\s*run_install:(?!\s*(false|null)?\s*$)/.test(line));
    const isStep = step.filter((line) => /^\s*(- )?uses:/.test(line)).length === 1;
    if (isSetup && !installs && isStep) {
      out.push(...step.slice(step.findLastIndex((line) => line.trim() !== '') + 1));
      at += size;
    } else {
      out.push(lines[at] ?? '');
      at += 1;
    }
  }
  return out;
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
