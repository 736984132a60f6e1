import { literalPattern } from '../../../text/search-text.ts';
import { jestScript } from '../../jest-to-vitest/reading/jest-command.ts';

/** A script as it is to be, and what of it has no counterpart. Undefined where react-scripts is not called. */
export type ReactScript = { readonly script: string; readonly left: readonly string[] };

const call =
  /(?<=^|[\s;&|(])(?:npx\s+|yarn\s+(?:run\s+)?|pnpm\s+(?:exec\s+)?)?(?:\.?\/?node_modules\/\.bin\/)?react-scripts((?:\s+--?[\w-]+(?:=\S+)?)*)\s+(start|build|test|eject)((?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s;&|()"']+)+)*)(?=\s*(?:$|[;&|)]))/g;

/** Rewrites the calls of react-scripts in a script. The compiler looks behind a build where react-scripts did it within. */
export function reactScript(script: string, { isChecked }: { readonly isChecked: boolean }): ReactScript | undefined {
  if (!/(^|[\s;&|(/])react-scripts\s/.test(script)) return undefined;
  const left: string[] = [];
  const made = script.replaceAll(call, (_all, flags: string, command: string, rest: string) => {
    const own = flags.split(/\s+/).filter((one) => one !== '' && one !== '--openssl-legacy-provider');
    const words = rest.split(/\s+/).filter((one) => one !== '');
    if (command === 'test') return testCall(own, rest, left);
    left.push(...words);
    const vite = own.length === 0 ? 'vite' : `node ${own.join(' ')} node_modules/vite/bin/vite.js`;
    if (command === 'start') return vite;
    return command === 'build' ? `${vite} build${isChecked ? ' && tsc --noEmit' : ''}` : 'true';
  });
  return { script: made, left };
}

/** As Jest, which watches unless it is told otherwise; Vitest too stops by itself where `CI` is set. */
function testCall(flags: readonly string[], rest: string, left: string[]): string {
  const isOnce = /--(watchAll|watch)=false\b|--no-watch(All)?\b/.test(rest);
  const inspected = flags.filter((one) => one.startsWith('--inspect')).map((one) => ` ${one}`);
  left.push(...flags.filter((one) => !one.startsWith('--inspect')));
  const plain = rest.replace(/\s--no-watch(All)?\b/, '');
  const made = jestScript(`jest${isOnce ? '' : ' --watch'}${inspected.join('')}${plain}`);
  left.push(...(made?.left ?? []));
  return made?.script ?? 'vitest';
}

const words = `(?:[ \\t]+(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s;&|()"'\`#]+))+`;

/** Calls of a script that tests, `npm test -- --watchAll=false`, with the flags that Vitest has for those of Jest. Pure. */
export function testCalls(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  const named = names.map(literalPattern).join('|');
  const call = new RegExp(
    `(?<=^|[\\s;&|("'\`])((?:npm|pnpm|yarn)[ \\t]+(?:run(?:-script)?[ \\t]+)?(?:${named})(?:[ \\t]+--(?=[ \\t]))?)(${words})`,
    'gm',
  );
  return text.replaceAll(call, (whole, start: string, rest: string) => {
    if (!/(^|\s)-/.test(rest)) return whole;
    const made = testCall([], rest, [])
      .replace(/^vitest run/, '--run')
      .replace(/^vitest ?/, '');
    return [start, made]
      .filter((one) => one !== '')
      .join(' ')
      .replace(/[ \t]+--$/, '');
  });
}
