import type { DangerousCall } from './danger.ts';
import { dangerousCalls } from './dangerous-calls.ts';
import { dangerousOnMigration } from './dangerous-on-migration.ts';
import { expandNames } from './expand-names.ts';
import type { GuardWorld } from './guard-world.ts';
import { judgeFiles, judgeUnnamedRemoval } from './judge-files.ts';
import { judgeSql } from './judge-sql.ts';
import { judgeUnseen } from './judge-unseen.ts';
import { judgeWithin } from './judge-within.ts';
import { allow, type Judgement, judged, worstOf } from './judgement.ts';
import { bareCall, isSuspect, namesMeant, programOf } from './program-name.ts';
import { type Script, scriptsCalled } from './scripts-called.ts';
import type { ShellCommand } from './shell-command.ts';
import { shellCommands } from './shell-commands.ts';
import { isSqlCall, isSqlClient } from './sql-danger.ts';
import { inPlace, type WorldHere } from './world-here.ts';

/** Scripts that call scripts are followed so far; one that calls itself is judged once. */
const depthMax = 6;

type Chain = { readonly depth: number; readonly seen: readonly string[] };

/** Judges a command line of a coding assistant. What it cannot read it does not let through. */
export function judge(line: string, world: GuardWorld, chain: Chain = { depth: 0, seen: [] }): Judgement {
  if (chain.seen.includes(line)) return allow;
  const commands = chain.depth > depthMax ? undefined : shellCommands(line, { read: (path) => world.read(path) });
  if (commands === undefined) return unread(line);
  const next = { depth: chain.depth + 1, seen: [...chain.seen, line] };
  const placed = inPlace(commands, world);
  return worstOf([
    ...placed.map(({ command, here }) => () => {
      const again = (text: string) => judge(text, here, next);
      return worstOf([
        () => judgeCommand(command, { here, again }),
        () => judgeUnnamedRemoval(command, { among: commands }),
      ]);
    }),
    ...expandNames(line).map((meant) => () => judge(meant, world, next)),
  ]);
}

function unread(line: string): Judgement {
  const instead = 'Write it as plain commands, one a line.';
  return isSuspect(line)
    ? { kind: 'deny', why: 'The command line cannot be read to its end, and names what goes past a plan.', instead }
    : { kind: 'ask', why: 'The command line is too long, too deep or too odd to be read to its end.', instead };
}

type Around = { readonly here: WorldHere; readonly again: (line: string) => Judgement };

function judgeCommand(command: ShellCommand, around: Around): Judgement {
  const called = bareCall(command.words);
  const [first = '', ...rest] = called;
  const names = namesMeant(first);
  if (/[$`]/.test(first) && rest.length > 0 && isSuspect(called.join(' ')))
    return { kind: 'deny', why: 'Which program is called stands in a variable.', instead: 'Name the program.' };
  return worstOf(
    names.flatMap((name) => [
      () => judgeCall(command, { name, rest, here: around.here }),
      () => judgeFiles(command, [name, ...rest], around.here),
      () => (isSqlClient(name) || isSqlCall(name, rest) ? judgeSql(command, [name, ...rest], around) : allow),
      () => judgeWithin(command, around),
      () => judgeScripts(command, called, around),
      () => judgeUnseen(command, name, rest),
    ]),
  );
}

type Call = { readonly name: string; readonly rest: readonly string[]; readonly here: WorldHere };

/** Judges which program is called, and with what words. */
function judgeCall({ words }: ShellCommand, { name, rest, here }: Call): Judgement {
  const [caller = '', ...all] = words;
  const isMeant = (one: DangerousCall) => isCalled(one, name, rest) || isCalled(one, programOf(caller), all);
  const call = dangerousCalls.find(isMeant);
  if (call !== undefined) return judged(call);
  const onWay = dangerousOnMigration.find(isMeant);
  return onWay !== undefined && here.isMigrating() ? judged(onWay) : allow;
}

function isCalled({ programs, isMeant }: DangerousCall, program: string, rest: readonly string[]): boolean {
  return programs.includes(program) && (isMeant === undefined || isMeant(rest));
}

/** Judges what a program runs that stands in a file, as if it were typed. */
function judgeScripts(command: ShellCommand, called: readonly string[], { here, again }: Around): Judgement {
  const calls = called === command.words ? [called] : [called, command.words];
  const scripts = calls.flatMap((words) => scriptsCalled(words, { command, here }));
  return worstOf(scripts.map((script) => () => judgeScript(script, { here, again })));
}

function judgeScript(script: Script, { here, again }: Around): Judgement {
  if (typeof script === 'string') return again(script);
  const text = here.read(script.file);
  if (text !== undefined) return again(text);
  if (!script.isNeeded) return allow;
  return {
    kind: 'ask',
    why: `What is in ${script.file} cannot be read before it is run.`,
    instead: 'Write the file first, and call it by its name then.',
  };
}
