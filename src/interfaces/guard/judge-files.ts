import { posix } from 'node:path';
import picomatch from 'picomatch';
import { consentBecause, isConsent } from './consent-files.ts';
import { allow, type Judgement, judged, worstOf } from './judgement.ts';
import { isKept, keptBecause } from './kept-files.ts';
import { isQuiet, programOf } from './program-name.ts';
import type { ShellCommand } from './shell-command.ts';
import { placed, type WorldHere } from './world-here.ts';

const removing = /^(rm|unlink|rmdir|shred|rimraf|trash|del-cli|srm)$/;
const lost = /(^|\/)(migrations|plan\.json|\.godwit)(\/|$|\*)/;

/** Judges which files a command removes, moves away or writes. */
export function judgeFiles(command: ShellCommand, called: readonly string[], here: WorldHere): Judgement {
  const [first = '', ...rest] = called;
  const program = programOf(first);
  const written = [...command.written, ...filesWritten(program, rest)];
  return worstOf([
    () => judgeRemoval(filesRemoved(program, rest, command), here),
    () => judgeRemoval(foundAndRemoved(command), here),
    () => judgeWritten(written, here),
  ]);
}

/** Judges paths that are removed. */
export function judgeRemoval(paths: readonly string[], here: WorldHere): Judgement {
  const gone = paths.find((path) => lost.test(path) || (!path.startsWith('-') && lost.test(placed(here.folder, path))));
  const git = paths.find((path) => /^(\.\/)?\.git(\/(godwit|refs|objects|logs)(\/.*)?|\/?)$/.test(path));
  if (gone !== undefined || git !== undefined)
    return {
      kind: 'deny',
      why: `It removes ${gone ?? git}, where plans and what is needed to take them back stand.`,
      instead: 'Leave it; `godwit purge` drops what a finished plan has kept.',
    };
  const data = paths.find((path) => /\/(postgresql|mysql|mariadb|pgdata)(\/|$)/i.test(path));
  if (data !== undefined)
    return { kind: 'deny', why: `${data} holds the files of a database.`, instead: 'Leave them to the server.' };
  const said = paths.find((path) => isConsent(path, here));
  return said === undefined ? allow : judged(consentBecause(said));
}

/** Judges paths that are written. */
export function judgeWritten(paths: readonly string[], here: WorldHere): Judgement {
  const kept = paths.find((path) => isKept(path) || isKept(placed(here.folder, path)));
  if (kept !== undefined) return judged(keptBecause(kept));
  const said = paths.find((path) => isConsent(path, here) || isConsent(placed(here.folder, path), here));
  return said === undefined ? allow : judged(consentBecause(said));
}

function filesRemoved(program: string, rest: readonly string[], { words, upstream }: ShellCommand): readonly string[] {
  // `xargs rm` removes what another command names.
  if (removing.test(program)) return words.some((word) => programOf(word) === 'xargs') ? [...rest, ...upstream] : rest;
  if (program === 'mv') return rest.slice(0, -1);
  if (program === 'rsync') return rest.some((word) => word.startsWith('--del')) ? rest.slice(-1) : [];
  return program === 'git' ? filesGitRemoves(rest) : [];
}

function filesGitRemoves(rest: readonly string[]): readonly string[] {
  if (rest.includes('rm') || rest.includes('clean')) return rest;
  const end = rest.indexOf('--');
  if (rest.includes('checkout')) return end === -1 ? [] : rest.slice(end + 1);
  const isIndexOnly =
    rest.some((word) => /^(--staged|-S)$/.test(word)) && !rest.some((word) => /^(--worktree|-W)$/.test(word));
  return rest.includes('restore') && !isIndexOnly ? rest : [];
}

/** What `find` removes: where it looks, and names that its patterns hold. */
function foundAndRemoved({ words }: ShellCommand): readonly string[] {
  const at = words.findIndex((word) => programOf(word) === 'find');
  if (at !== 0 && programOf(words[0] ?? '') !== 'sudo') return [];
  const rest = words.slice(at + 1);
  const isRemoving =
    rest.includes('-delete') ||
    rest.some(
      (word, place) =>
        /^-(exec|ok)(dir)?$/.test(word) && /^(rm|unlink|shred|mv|truncate)$/.test(programOf(rest[place + 1] ?? '')),
    );
  if (!isRemoving) return [];
  const end = rest.findIndex((word) => /^[-(!]/.test(word));
  const isEverywhere = rest.slice(0, end === -1 ? undefined : end).every((root) => /^\.{0,2}\/?$/.test(root));
  const patterns = rest.flatMap((word, place) =>
    /^-i?(name|path|wholename)$/.test(word) ? [rest[place + 1] ?? ''] : [],
  );
  const isPlan = isEverywhere && patterns.some((pattern) => picomatch(posix.basename(pattern))('plan.json'));
  return isPlan ? [...rest, 'plan.json'] : rest;
}

/** Files that a program puts something into. */
function filesWritten(program: string, rest: readonly string[]): readonly string[] {
  const files = rest.filter((word) => !word.startsWith('-'));
  if (/^(mv|tee|truncate|shred|sponge)$/.test(program)) return files;
  if (/^(cp|ln|install|rsync)$/.test(program)) return intoFolder(files);
  if (program === 'dd') return files.flatMap((word) => /^of=(.+)$/.exec(word)?.[1] ?? []);
  if (/^(curl|wget|jq|yq|sort)$/.test(program))
    return rest.filter((_, at) => /^(-[a-zA-Z]*[oO]|--output|--output-document)$/.test(rest[at - 1] ?? ''));
  return /^(sed|gsed|perl|yq|ruby)$/.test(program) && rest.some((word) => /^(-\w*i|--in-place)/.test(word))
    ? files
    : [];
}

/** The last word, and what each of the others is called in it, where it is a folder. */
function intoFolder(files: readonly string[]): readonly string[] {
  const target = files.at(-1) ?? '';
  return [target, ...files.slice(0, -1).map((file) => posix.join(target, posix.basename(file)))];
}

/** Asks a person where a variable says what is removed, and the line names plans: `for d in migrations/*; do rm -rf $d; done`. */
export function judgeUnnamedRemoval(
  { words }: ShellCommand,
  { among }: { readonly among: readonly ShellCommand[] },
): Judgement {
  const at = words.findIndex((word) => removing.test(programOf(word)));
  if (at === -1 || isQuiet(words) || !words.slice(at + 1).some((word) => /[$`]|^\{\}$/.test(word))) return allow;
  const named = among.flatMap((one) => one.words).find((word) => lost.test(word));
  if (named === undefined) return allow;
  return {
    kind: 'ask',
    why: `What it removes stands in a variable, and the line names ${named}, where plans stand.`,
    instead: 'Name the files that are to go.',
  };
}
