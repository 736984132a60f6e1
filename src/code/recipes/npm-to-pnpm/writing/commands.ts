import { commandPattern } from '../../../command-files.ts';

/** What the commands of a text became, and those that still call npm. */
export type PnpmCommands = { readonly text: string; readonly left: readonly Place[] };
type Place = { readonly offset: number; readonly length: number };

const passedOn = '(?:[ \\t]+--[ \\t]+([^"\'&|;\\\\\\r\\n]*?))?';

/**
 * Commands of npm as those of pnpm, where both do the same: scripts, whose arguments follow without `--`, installs, and
 * programs that a direct dependency brings. What has other options, or is no such command, stays and is named. Pure.
 */
export function pnpmCommands(text: string, programs: ReadonlySet<string>): PnpmCommands {
  const made = text
    .replace(
      commandPattern(
        `npm[ \\t]+run(?:-script)?[ \\t]+(--if-present[ \\t]+)?([\\w:.]+[\\w:.-]*)([ \\t]+--if-present)?${passedOn}`,
      ),
      (_, before?: string, name?: string, behind?: string, words?: string) =>
        joined('pnpm run', (before ?? behind)?.trim(), name, words),
    )
    .replace(commandPattern(`npm[ \\t]+(test|tst|t|start)${passedOn}`), (_, name: string, words?: string) =>
      scriptCall(name, words),
    )
    .replace(commandPattern('npm[ \\t]+(?:ci|clean-install)'), 'pnpm install --frozen-lockfile')
    .replace(commandPattern('npm[ \\t]+(?:install|i)'), 'pnpm install')
    .replace(
      commandPattern(`(?:npx|npm[ \\t]+exec[ \\t]+--)[ \\t]+([\\w@/.-]+)((?:[ \\t]+[^"'&|;\\\\\\r\\n]*?)?)`),
      (whole, name, words) => (programs.has(name) ? `pnpm exec ${name}${words}` : whole),
    );
  const left = [...made.matchAll(/(?<=^|[\s"'&|;(])(?:npm|npx)(?=[ \t])[^\r\n]*/gm)];
  return { text: made, left: left.map((match) => ({ offset: match.index, length: match[0].length })) };
}

function scriptCall(name: string, words: string | undefined): string {
  const script = name === 'start' ? 'start' : 'test';
  return words === undefined ? `pnpm ${script}` : joined('pnpm run', script, words);
}

function joined(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}
