import { commandPattern } from '../../../command-files.ts';

/** What the commands of a text became, and those that still call pnpm. */
export type NpmCommands = { readonly text: string; readonly left: readonly Place[] };
type Place = { readonly offset: number; readonly length: number };

/** What a command may name where it stands. */
export type CommandNames = {
  /** Scripts of the package, or of any where a workflow may stand in any of them. */
  readonly scripts: ReadonlySet<string>;
  /** Packages that are declared; their programs are mostly called like them. */
  readonly packages: ReadonlySet<string>;
  /** Scripts of each package of the workspace, by its name. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** A service has `CI` set, where pnpm takes the lock file for frozen. */
  readonly isService: boolean;
};

const words = '((?:[ \\t]+[^"\'&|;\\\\\\r\\n]*?)?)';

/**
 * Commands of pnpm as those of npm, where both do the same: scripts, whose arguments follow after `--`, installs, and
 * programs of packages that are declared. What has other options, or is no such command, stays and is named. Pure.
 */
export function npmCommands(text: string, { scripts, packages, members, isService }: CommandNames): NpmCommands {
  const made = text
    .replace(commandPattern('pnpm[ \\t]+(?:install|i)[ \\t]+--frozen-lockfile'), 'npm ci')
    .replace(commandPattern('pnpm[ \\t]+(?:install|i)'), isService ? 'npm ci' : 'npm install')
    .replace(
      commandPattern(`pnpm[ \\t]+(?:--filter|-F)[ \\t=]+([\\w@/.-]+)[ \\t]+(?:run[ \\t]+)?([\\w:.-]+)${words}`),
      (whole, member, name, more) =>
        members.get(member)?.has(name) === true ? called(whole, `npm run ${name} --workspace ${member}`, more) : whole,
    )
    .replace(commandPattern(`pnpm[ \\t]+(?:run|run-script)[ \\t]+([\\w:.][\\w:.-]*)${words}`), (whole, name, more) =>
      called(whole, `npm run ${name}`, more),
    )
    .replace(commandPattern(`pnpm[ \\t]+(test|t|tst|start)${words}`), (whole, name, more) =>
      called(whole, name === 'start' ? 'npm start' : 'npm test', more),
    )
    .replace(
      commandPattern(`pnpm[ \\t]+exec[ \\t]+([\\w@/.][\\w@/.-]*)${words}`),
      (_, name, more) => `npx ${name}${more}`,
    )
    .replace(commandPattern(`pnpm[ \\t]+([\\w:.@/][\\w:.@/-]*)${words}`), (whole, name, more) => {
      if (pnpmsOwn.has(name)) return whole;
      if (scripts.has(name)) return called(whole, `npm run ${name}`, more);
      return packages.has(name) ? `npx ${name}${more}` : whole;
    });
  const left = [...made.matchAll(/(?<=^|[\s"'&|;(])(?:pnpm|pnpx)(?=[ \t@]|\r?$)[^\r\n]*/gm)];
  return { text: made, left: left.map((match) => ({ offset: match.index, length: match[0].length })) };
}

/** Arguments that begin with `--` alone reach the script of pnpm with it, and are left to a person. */
function called(whole: string, command: string, more: string): string {
  const given = more.trim();
  if (given === '') return command;
  return /^--(\s|$)/.test(given) ? whole : `${command} -- ${given}`;
}

/** Commands that pnpm takes for itself, whatever scripts there are. https://pnpm.io/pnpm-cli */
const pnpmsOwn: ReadonlySet<string> = new Set(
  `add approve-builds audit bin c cat-file cat-index catIndex config create dedupe deploy dlx doctor env exec fetch find-hash
  help i import init install ist it install-test la licenses link list ll ln ls outdated pack patch patch-commit patch-remove
  prune publish rb rebuild recursive remove restart rm root run run-script self-update server setup start store t test tst un
  uninstall unlink up update upgrade why`
    .trim()
    .split(/\s+/),
);
