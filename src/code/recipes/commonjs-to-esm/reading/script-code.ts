import { isRecord } from '../../../text/read-data.ts';
import { joined } from '../../../tree/tree-path.ts';
import { type Files, requiredPath } from './node-path.ts';

/** A file that a script of package.json names as `require` takes it. */
export type ScriptPath = {
  readonly script: string;
  readonly specifier: string;
  readonly path: string;
};

type Fields = Readonly<Record<string, unknown>>;
type Place = { readonly home: string; readonly files: Files };

/**
 * Files that a script has loaded by `-r` or `--require` before a program starts. Mocha is left out: it imports what it cannot require
 * (https://mochajs.org/#-require-module-r-module). Pure.
 */
export function preloadedBy(fields: Fields, place: Place): readonly ScriptPath[] {
  return scriptsOf(fields).flatMap(([script, text]) =>
    text
      .split(/&&|\|\||;/)
      .filter((command) => !/\bmocha\b/.test(command))
      .flatMap((command) => found(script, command, preload, place)),
  );
}

/** Files that code within a script requires or imports: `node -e "require('./x')"`, with -p, --eval and --print. Pure. */
export function requiredInCode(fields: Fields, place: Place): readonly ScriptPath[] {
  return scriptsOf(fields)
    .filter(([, text]) => inlineCode.test(text))
    .flatMap(([script, text]) => found(script, text, required, place));
}

/** The text of `-r ./file` and its like in a script, with the file in `path`. */
export const preload = /(?<=(?:^|[\s"'=])(?:-r|--require)(?:\s+|=)['"]?)(\.{1,2}\/[^\s"']+)/g;
const inlineCode = /(?:^|\s)(?:-e|-p|-pe|-ep|--eval|--print)(?:[\s=]|$)/;
const required = /(?<=\b(?:require|import)(?:\.resolve)?\(\s*['"`])(\.[^'"`]*)(?=['"`])/g;

function scriptsOf({ scripts }: Fields): readonly (readonly [string, string])[] {
  return Object.entries(isRecord(scripts) ? scripts : {}).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
}

function found(script: string, text: string, pattern: RegExp, { home, files }: Place): readonly ScriptPath[] {
  return [...text.matchAll(pattern)].flatMap(([specifier]) => {
    const path = requiredPath(joined(home, 'package.json'), specifier, files);
    return path === undefined ? [] : [{ script, specifier, path }];
  });
}
