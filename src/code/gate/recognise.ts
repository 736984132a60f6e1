import type { CheckTool } from '../check-tool.ts';
import { checkTools } from '../check-tools/index.ts';
import type { ShellWord } from './shell-chain.ts';

/** A tool that a command calls: the words before its arguments, and its arguments. */
export type Recognised = {
  readonly tool: CheckTool;
  readonly program: string;
  readonly before: readonly ShellWord[];
  readonly args: readonly ShellWord[];
};

/** Programs that only call another one, which stands behind their own flags. */
const wrappers = new Set(
  'cross-env cross-env-shell env npx bunx c8 nyc dotenv dotenvx time exec nice pnpx dlx bun pnpm yarn npm'.split(' '),
);

/** The tool that a simple command calls, also through wrappers such as `cross-env`, `npx` and `c8`. */
export function recognise(words: readonly ShellWord[]): Recognised | undefined {
  for (const [at, { text }] of words.entries()) {
    const program = programName(text);
    const args = words.slice(at + 1);
    const tool = checkTools.find(({ programs }) => programs.includes(program));
    const isOnlyCalling =
      wrappers.has(program) &&
      tool?.isCheck(
        args.map((word) => word.text),
        program,
      ) !== true;
    if (tool === undefined && at === 0 && !isOnlyCalling) return undefined;
    if (tool === undefined || isOnlyCalling) continue;
    // `node node_modules/jest/bin/jest.js` is Jest.
    const inner = program === 'node' ? innerOf(args) : undefined;
    if (inner === undefined) return { tool, program, before: words.slice(0, at + 1), args };
    const to = at + 2 + inner.at;
    return { tool: inner.tool, program: inner.program, before: words.slice(0, to), args: words.slice(to) };
  }
  return undefined;
}

function innerOf(args: readonly ShellWord[]) {
  const at = args.findIndex(({ text }) => !text.startsWith('-'));
  const text = args[at]?.text ?? '';
  if (!text.includes('node_modules/')) return undefined;
  const program = programName(text);
  const tool = checkTools.find(({ programs }) => programs.includes(program));
  return tool === undefined ? undefined : { at, tool, program };
}

/** `./node_modules/.bin/jest`, `jest.js`, `jest.cmd` and `jest@29` are all `jest`. */
function programName(text: string): string {
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return base.replace(/\.(c|m)?js$|\.(cmd|exe)$/, '').replace(/(?<=.)@.*$/, '');
}
