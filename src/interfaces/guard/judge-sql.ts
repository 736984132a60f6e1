import type { GuardWorld } from './guard-world.ts';
import { allow, type Judgement, judged } from './judgement.ts';
import type { ShellCommand } from './shell-command.ts';
import { dangerOfSql } from './sql-danger.ts';

/** Judges the call of a client of SQL: its words, what is fed into it, and the files that it runs. */
export function judgeSql(
  { fed, files, isFedUnseen }: ShellCommand,
  rest: readonly string[],
  world: GuardWorld,
): Judgement {
  const texts = [fed, ...rest.flatMap(valuesOf)];
  const included = texts.flatMap((text) => [...text.matchAll(/(?:^|\s)\\ir?\s+(\S+)/g)].map(([, file = '']) => file));
  for (const file of [...files, ...filesIn(rest), ...included]) {
    const text = world.read(file);
    if (text === undefined)
      return {
        kind: 'ask',
        why: `What is in ${file} cannot be read before it is run.`,
        instead: `Plan it: \`godwit plan --from ${file}\`.`,
      };
    texts.push(text);
  }
  for (const text of texts) {
    const danger = dangerOfSql(text);
    if (danger !== undefined) return judged(danger);
  }
  if (isFedUnseen)
    return {
      kind: 'ask',
      why: 'What is run comes out of another command, and cannot be read before.',
      instead: 'Put the SQL in a file, and plan it: `godwit plan --from FILE`.',
    };
  const isHidden = rest.some(
    (word, at) =>
      /\$\(|`|\$\{?\w/.test(word) && (/ /.test(word) || /^(-\w*[ce]|--command|--execute)$/.test(rest[at - 1] ?? '')),
  );
  return isHidden
    ? { kind: 'ask', why: 'A part of the SQL comes from a variable or another command.', instead: 'Write the SQL out.' }
    : allow;
}

/** A word, and what it may give to a flag that it begins with: `-cDROP …`, `-qcDROP …`, `--command=DROP …`. */
function valuesOf(word: string): readonly string[] {
  const long = /^--[\w-]+=([\s\S]*)$/.exec(word)?.[1];
  if (long !== undefined) return [word, long];
  const flags = /^-([a-zA-Z]{1,6})/.exec(word)?.[1] ?? '';
  return [word, ...[...flags].map((_, at) => word.slice(at + 2))];
}

function filesIn(rest: readonly string[]): readonly string[] {
  return rest.flatMap((word, at) => {
    if (/^-[a-zA-Z]*f$/.test(word) || word === '--file') return [rest[at + 1] ?? ''];
    const joined = /^(?:--file=|-f)(.+)$/.exec(word)?.[1];
    return joined === undefined ? [] : [joined];
  });
}
