import { checkTools } from '../check-tools/index.ts';
import type { Check, CheckCommand } from './check.ts';
import type { Ran, runCommand } from './run-command.ts';

type Known = { readonly ran: Ran; readonly isWritten: boolean };

/**
 * Runs the commands of a measurement one after the other, and the same call of the compiler once: `tsc` in the script
 * `build`, in `test`, and as the check of types says the same as long as nothing was run in between that may write. A call
 * that writes stands for one that does not (`--noEmit`), not the other way round. Variables of a measurement differ by `CI`
 * alone, which is nothing to the compiler.
 */
export function compiledOnce(run: typeof runCommand): typeof runCommand {
  const known = new Map<string, Known>();
  return async (command, at, runner, signal) => {
    const call = callOf(command, at);
    const before = call === undefined ? undefined : known.get(call.key);
    if (call !== undefined && before !== undefined && (before.isWritten || !call.isWriting)) return before.ran;
    if (!isHarmless(command)) known.clear();
    const ran = await run(command, at, runner, signal);
    if (call !== undefined && !ran.result.isTimeout) known.set(call.key, { ran, isWritten: call.isWriting });
    return ran;
  };
}

/** A plain call of a compiler; undefined for others. */
function callOf({ tool }: CheckCommand, { in: folder }: Pick<Check, 'in'>) {
  if (tool?.id !== 'tsc' || tool.program === undefined) return undefined;
  const isWriting = !tool.args.some(isQuiet);
  const args = tool.args.filter(
    (arg, at) =>
      !isQuiet(arg) && !isDefault(tool.args.slice(at, at + 2)) && !isDefault(tool.args.slice(at - 1, at + 1)),
  );
  return { key: JSON.stringify([folder, tool.program, args]), isWriting };
}

function isQuiet(arg: string): boolean {
  return /^--noEmit$/i.test(arg);
}

/** `-p tsconfig.json` is what the compiler takes unasked. */
function isDefault([flag = '', value = '']: readonly string[]): boolean {
  return /^(-p|--project)$/.test(flag) && /^(\.|(\.\/)?tsconfig\.json)$/.test(value);
}

/** True for what only looks. */
function isHarmless({ tool }: CheckCommand): boolean {
  const found = checkTools.find(({ id }) => id === tool?.id);
  if (tool === undefined || found === undefined || found.kind === 'test') return false;
  return found.kind === 'lint' || found.isCheck(tool.args, tool.program ?? '');
}
