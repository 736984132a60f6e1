import picomatch from 'picomatch';
import { type ShellWord, type SimpleCommand, shellChain, spellCommand } from './shell-chain.ts';

/** A program that a script runs in the end, scripts in scripts followed. */
export type ScriptPart =
  /** `script`: it is the whole of that script, so that running the script runs it. */
  | { readonly kind: 'command'; readonly command: SimpleCommand; readonly script: string | undefined }
  /** Only a shell may run this script. */
  | { readonly kind: 'opaque'; readonly script: string; readonly text: string; readonly why: string }
  /** It runs scripts of other packages of the workspace. */
  | { readonly kind: 'delegated'; readonly script: string; readonly text: string };

type Scripts = Readonly<Record<string, string>>;
const depthMax = 10;

/** What a script of a package runs, in order. A script that calls itself is opaque. */
export function expandScript(scripts: Scripts, name: string, above: readonly string[] = []): readonly ScriptPart[] {
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (text === undefined || above.includes(name) || above.length > depthMax)
    return [
      {
        kind: 'opaque',
        script: name,
        text: text ?? '',
        why: text === undefined ? 'there is no such script' : 'it calls itself',
      },
    ];
  const chain = shellChain(text);
  if (chain.kind === 'opaque') return [{ kind: 'opaque', script: name, text, why: chain.why }];
  const lasting = chain.commands.find(({ words }) =>
    /^(cd|pushd|export|source|\.|set|exit|if|for|while|case|\[)$/.test(words[0]?.text ?? ''),
  );
  if (lasting !== undefined)
    return [{ kind: 'opaque', script: name, text, why: `it holds \`${lasting.words[0]?.text ?? ''}\`` }];
  const isWhole = chain.commands.length === 1;
  const parts = chain.commands.flatMap((command): readonly ScriptPart[] => {
    const words = command.words.map((word) => word.text);
    if (isDelegating(words)) return [{ kind: 'delegated', script: name, text: spellCommand(command) }];
    const called = command.variables.length > 0 ? undefined : scriptsCalled(words, scripts);
    if (called !== undefined) return called.flatMap((inner) => expandScript(scripts, inner, [...above, name]));
    return [{ kind: 'command', command, script: isWhole ? name : undefined }];
  });
  // The package manager runs these two itself only where it runs the script.
  return isWhole && parts.every((part) => part.kind !== 'command' || part.script === name)
    ? parts
    : [...around(scripts, `pre${name}`), ...parts, ...around(scripts, `post${name}`)];
}

function around(scripts: Scripts, name: string): readonly ScriptPart[] {
  if (!Object.hasOwn(scripts, name)) return [];
  return [{ kind: 'command', command: commandOf(['npm', 'run', name]), script: name }];
}

function commandOf(words: readonly string[]): SimpleCommand {
  return { variables: [], words: words.map((text): ShellWord => ({ text, raw: text })) };
}

/** Names of the scripts that a command runs; undefined where it runs something else, or hands arguments to them. */
function scriptsCalled(words: readonly string[], scripts: Scripts): readonly string[] | undefined {
  const [program = '', ...rest] = words;
  if (/^(npm-run-all2?|run-s|run-p)$/.test(program)) {
    const patterns = rest.filter(
      (word) =>
        !/^(-[a-z]+|--(parallel|sequential|serial|continue-on-error|silent|print-label|print-name|race))$/i.test(word),
    );
    return patterns.some((word) => word.startsWith('-') || /[{}\s]/.test(word))
      ? undefined
      : matching(patterns, scripts);
  }
  if (!['npm', 'pnpm', 'yarn', 'bun'].includes(program)) return undefined;
  const plain = rest.filter((word) => !/^(--silent|-s|--if-present|--loglevel=\w+)$/.test(word));
  const [verb = '', name, ...more] = plain;
  if (['run', 'run-script'].includes(verb) && name !== undefined)
    return more.length === 0 && Object.hasOwn(scripts, name) ? [name] : undefined;
  const isShort = verb === 'test' || (program !== 'npm' && Object.hasOwn(scripts, verb));
  return isShort && name === undefined && Object.hasOwn(scripts, verb) && !(program === 'bun' && verb === 'test')
    ? [verb]
    : undefined;
}

/** npm-run-all separates the parts of a name by `:`, which `*` does not cross. */
function matching(patterns: readonly string[], scripts: Scripts): readonly string[] | undefined {
  const slashed = (text: string): string => text.replaceAll(':', '/');
  const found = patterns.map((pattern) =>
    Object.keys(scripts).filter((name) => picomatch.isMatch(slashed(name), slashed(pattern))),
  );
  return found.every((names) => names.length > 0) ? found.flat() : undefined;
}

function isDelegating(words: readonly string[]): boolean {
  // `npx turbo`, `pnpm exec nx` and `yarn lerna` call the same.
  const from = words.findIndex((word) => /^(turbo|lerna|wsrun|ultra|nx)$/.test(word));
  const isCalled =
    from > 0 &&
    words.slice(0, from).every((word) => /^(npx|bunx|npm|pnpm|pnpx|yarn|bun|exec|dlx|run|x|--|-y|--yes)$/.test(word));
  const [program = '', ...rest] = isCalled ? words.slice(from) : words;
  const has = (...flags: readonly string[]): boolean =>
    rest.some((word) => flags.some((flag) => word === flag || word.startsWith(`${flag}=`)));
  if (program === 'turbo' || program === 'lerna' || program === 'wsrun' || program === 'ultra') return true;
  if (program === 'nx') return has('run-many', 'affected');
  if (program === 'npm') return has('-w', '--workspace', '--workspaces', '-ws');
  if (program === 'pnpm') return has('-r', '--recursive', '--filter', '-F', 'recursive');
  if (program === 'yarn') return rest[0] === 'workspaces' || rest[0] === 'workspace';
  if (program === 'bun') return has('--filter', '-F', '--workspaces');
  return false;
}
