import type { Finding } from '#core/finding';
import type { PackageManagerName } from '../snapshot.ts';

/** What an install that went well says and nobody should miss: peers passed over, scripts not run, engines that do not fit. */
export function installNotes(output: string): readonly Finding[] {
  return [...overriddenPeers(output), ...scriptsNotRun(output), ...engines(output)];
}

const peerCure = 'Move both together, or hold one back; it may break at run time.';

function overriddenPeers(output: string): readonly Finding[] {
  const plain = output.replaceAll(/^npm (?:warn|WARN) (?:ERESOLVE )?/gm, '');
  const npm = [
    ...plain.matchAll(/^Could not resolve dependency:\n\s*peer(?:Optional)? (\S+?)@"([^"]*)" from (\S+)$/gm),
  ].map(([, peer = '', range = '', wanter = '']) => ({ peer, range, wanter }));
  const yarn = [...output.matchAll(/"(?:[^"]* > )?([^">]+)" has incorrect peer dependency "(@?[^@"]+)@([^"]*)"/g)].map(
    ([, wanter = '', peer = '', range = '']) => ({ peer, range, wanter: wanter.trim() }),
  );
  const berry = [
    ...output.matchAll(
      /YN0060: [│|]? ?(\S+) is listed by your project with version (\S+) .*what (\S+?)(?: \(.*?\))? requests? \((.+)\)/g,
    ),
  ].map(([, peer = '', , wanter = '', range = '']) => ({ peer, range, wanter }));
  const all = new Map([...npm, ...yarn, ...berry].map((use) => [JSON.stringify(use), use]));
  const named = [...all.values()].map(
    ({ peer, range, wanter }): Finding => ({
      rule: 'install/peer-passed-over',
      severity: 'warning',
      message: `${wanter} wants ${peer} ${range}, and another version was installed.`,
      cure: peerCure,
      object: wanter,
    }),
  );
  const hasTree = named.length === 0 && /Issues with (?:unmet )?peer dependencies found/.test(output);
  return hasTree ? [...named, ...pnpmPeers(output)] : named;
}

function pnpmPeers(output: string): readonly Finding[] {
  const found: Finding[] = [];
  let wanter = '';
  for (const line of output.split('\n')) {
    const plain = line.replaceAll(/[│├└─┬ ]+/g, ' ').trim();
    const unmet = /^✕ (?:unmet|missing) peer (.+)$/.exec(plain)?.[1];
    if (unmet !== undefined)
      found.push({
        rule: 'install/peer-passed-over',
        severity: 'warning',
        message: `${wanter} wants ${unmet.replace(': found', ', and found')}.`,
        cure: peerCure,
        object: wanter,
      });
    else if (/^@?[\w./-]+ \d+\.\d+\.\d+\S*$/.test(plain)) wanter = plain.replace(' ', '@');
  }
  return found;
}

/** Package managers leave the install scripts of dependencies alone until they are allowed; a package may then lack a part. */
function scriptsNotRun(output: string): readonly Finding[] {
  const npm = [...output.matchAll(/^npm warn (?:install-scripts|allow-scripts) {2,}(\S+@\S+) \(/gm)].map(
    ([, name = '']) => name,
  );
  const boxed = output.replaceAll(/\s*│\s*\n\s*│\s*/g, ' ');
  const pnpm = (/Ignored build scripts: (.+?)\.(?:\s|$)/.exec(boxed)?.[1] ?? '')
    .split(', ')
    .filter((name) => name !== '');
  const names = [...npm, ...pnpm];
  const count = names.length > 0 ? names.length : Number(/Blocked (\d+) postinstall/.exec(output)?.[1] ?? 0);
  if (count === 0) return [];
  const who = names.length > 0 ? `: ${names.join(', ')}` : '';
  return [
    {
      rule: 'install/scripts-not-run',
      severity: 'advice',
      message: `Install scripts of ${count === 1 ? 'one package' : `${count} packages`} were not run, because nobody allowed them${who}.`,
      cure: `Allow them where they are needed: ${approve(output)}.`,
    },
  ];
}

function approve(output: string): string {
  if (output.includes('pnpm approve-builds')) return '`pnpm approve-builds`';
  return output.includes('bun pm untrusted') ? '`bun pm trust`' : '`npm install-scripts approve PACKAGE`';
}

function engines(output: string): readonly Finding[] {
  const npm = [...output.matchAll(/npm (?:warn|WARN) EBADENGINE\s+package: '([^']+)',\s*\n.*required: (\{.*\})/g)];
  const seen = new Map(npm.map(([, name = '', range = '']) => [name, range]));
  return [...seen].map(([name, range]) => ({
    rule: 'package/engine',
    severity: 'warning',
    message: `${name} does not say that it runs on this Node: it wants ${range}.`,
    object: name,
  }));
}

/** What the user's own settings of npm loosen. They are obeyed and told. `settings` are npm's own reading of them. */
export function looseSettings(
  name: PackageManagerName,
  settings: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  if (name !== 'npm') return [];
  return (['legacyPeerDeps', 'force'] as const)
    .filter((key) => settings[key] === true)
    .map((key): Finding => {
      const spelled = key === 'force' ? 'force' : 'legacy-peer-deps';
      return {
        rule: 'install/loose-setting',
        severity: 'warning',
        message: `Your npm configuration sets ${spelled}=true: npm passes over peers that do not fit.`,
        cure: `Remove ${spelled} from .npmrc once the peers fit, so that npm tells you when they do not.`,
        object: spelled,
      };
    });
}
