import type { Finding } from '#core/finding';
import { isCommandPlace } from '../command-files.ts';
import { imageArguments } from '../image/image-variables.ts';
import { isDockerfile } from '../image/read-dockerfile.ts';
import { pythonPlaces } from '../python-places/index.ts';
import { pythonImageVariables } from '../python-places/python-image-variable.ts';
import type { Unknown } from '../snapshot.ts';
import { lineAt, placeAt } from '../text/place.ts';
import { type ReadText, readText } from '../text/read-text.ts';
import { walkTree } from '../tree/walk.ts';
import { djangoTestsOf, tellsOfDjango } from './django-tests.ts';
import { minorOf } from './python-minor.ts';
import type { DjangoTests, PythonSnapshot, PythonVersion } from './snapshot.ts';

/** What of a tree is Python: every place that names a version, and what checks it. Reads only; throws the signal's reason on abort. */
export async function inspectPython(root: string, signal: AbortSignal): Promise<PythonSnapshot> {
  const { files, unknown } = await walkTree(root, signal);
  return inspectPythonFiles(files, async (path) => {
    signal.throwIfAborted();
    return readText(root, path);
  }).then((found) => ({ ...found, unknown: [...unknown, ...found.unknown] }));
}

/** The same of files that are listed already. */
export async function inspectPythonFiles(
  files: readonly string[],
  read: (path: string) => Promise<ReadText>,
): Promise<PythonSnapshot> {
  const versions: PythonVersion[] = [];
  const unknown: Unknown[] = [];
  const said = new Map<string, string>();
  const told = await argumentsIn(files, read);
  for (const path of files) {
    const kinds = pythonPlaces.filter(({ isIn }) => isIn(path));
    if (kinds.length === 0 && !isTelling(path)) continue;
    const answer = await read(path);
    if (answer.kind === 'unreadable') {
      unknown.push({ what: path, why: answer.why });
      continue;
    }
    if (isTelling(path) || kinds.some(({ isCode }) => isCode !== true)) said.set(path, answer.text);
    for (const { id, role, isListOfValues, find } of kinds) {
      const found = find(answer.text, told);
      const isList = isListOfValues === true && found.length > 1;
      for (const { value, offset, stays } of found) {
        const place = placeAt(path, answer.text, { offset, length: value.length });
        if (versions.some((other) => isOver(other.place, place))) continue;
        const own = isList || isListed(answer.text, place, role) ? 'list' : role;
        versions.push(
          stays === undefined
            ? { kind: id, role: own, value, place }
            : { kind: id, role: 'mention', value, place, stays },
        );
      }
    }
  }
  const own = files.filter((path) => /\.pyw?$/.test(path));
  const findings = [...contradictions(versions), ...python2In(said)];
  const tests = djangoTestsOf(own, said);
  const tools = toolsOf(own, said, tests);
  const django = tests !== undefined && tools.includes('django') ? { djangoTests: tests } : {};
  return { versions, files: own.length, tools, ...django, findings, unknown };
}

/** What Dockerfiles, and what builds them, say of arguments. */
async function argumentsIn(files: readonly string[], read: (path: string) => Promise<ReadText>) {
  const texts = new Map<string, string>();
  for (const path of files.filter((one) => isDockerfile(one) || isCommandPlace(one))) {
    const answer = await read(path);
    if (answer.kind === 'text') texts.set(path, answer.text);
  }
  return imageArguments(texts, pythonImageVariables);
}

function isTelling(path: string): boolean {
  return tellsOfDjango(path) || /(^|\/)(requirements[\w.-]*\.txt|pytest\.ini|conftest\.py)$/.test(path);
}

/** True for places that share characters: a text is one place, of the first kind that knows it. */
function isOver(one: PythonVersion['place'], other: PythonVersion['place']): boolean {
  const isApart = one.offset + one.length <= other.offset || other.offset + other.length <= one.offset;
  return one.file === other.file && !isApart;
}

/** A pin in a list is one of several that are tested with. */
function isListed(text: string, { offset }: PythonVersion['place'], role: PythonVersion['role']): boolean {
  if (role !== 'pin') return false;
  const before = text.slice(Math.max(0, offset - 200), offset).replace(/["']$/, '');
  return /(?:\[|,)[ \t\r\n]*$/.test(before) && /\[[^\]{}]*$/.test(before)
    ? true
    : /(?:^|\n)[ \t]*-[ \t]+$|[=,][ \t\r\n]*\((?:[ \t\r\n]*["'][^"'\n]*["'][ \t]*,)*[ \t\r\n]*$/.test(before);
}

function toolsOf(
  own: readonly string[],
  said: ReadonlyMap<string, string>,
  django: DjangoTests | undefined,
): PythonSnapshot['tools'] {
  const settings = [...said.values()].join('\n');
  const hasTests = own.some((path) => /(^|\/)test[\w]*\.py$|_test\.py$/.test(path));
  const isPytest =
    /^\[(tool\.)?pytest\b|\[tool:pytest\]|(^|["'\s])pytest\b/m.test(settings) ||
    own.some((path) => path.endsWith('conftest.py'));
  return [
    ...(hasTests
      ? [isPytest ? ('pytest' as const) : django !== undefined ? ('django' as const) : ('unittest' as const)]
      : []),
    ...(/^\[(tool\.)?mypy\]/m.test(settings) ? (['mypy'] as const) : []),
    ...(/^\[tool\.ruff\b/m.test(settings) || [...said.keys()].some((path) => /(^|\/)\.?ruff\.toml$/.test(path))
      ? (['ruff'] as const)
      : []),
  ];
}

/** `>=2.7` counts where it is said of Python: `Jinja2>=2.7` and `version = "2.7"` are of something else. */
const python2 =
  /Programming Language :: Python :: 2\b|(?<![\w-])py2\d\b|(?<!^[ \t]*version[ \t]*=[ \t]*)["']2\.7["']|(?<=(?:requires-python|python_requires|^[ \t]*python)["']?[ \t]*=[ \t]*["']?[^"'\n]*)>=\s*2\.\d/m;

/** Places that say that Python 2 is served, which no upgrade keeps. One for each file. */
function python2In(said: ReadonlyMap<string, string>): readonly Finding[] {
  return [...said].flatMap(([file, text]): readonly Finding[] => {
    const found = python2.exec(text);
    if (found === null) return [];
    return [
      {
        rule: 'tree/python-two-named',
        severity: 'warning',
        message: `${file} names Python 2 (\`${found[0]}\`): files that are rewritten do not run there.`,
        cure: 'Take it out on the branch, or do not upgrade this tree.',
        ...lineAt(file, text, { offset: found.index, length: found[0].length }),
        object: 'python',
      },
    ];
  });
}

/** A pin below what the package itself asks for. */
function contradictions(versions: readonly PythonVersion[]): readonly Finding[] {
  const floor = versions.find(({ role }) => role === 'floor');
  const least = floor === undefined ? undefined : minorOf(floor.value);
  if (floor === undefined || least === undefined) return [];
  return versions
    .filter(({ role, value }) => role !== 'floor' && role !== 'mention' && (minorOf(value) ?? least) < least)
    .map(({ value, place }) => ({
      rule: 'tree/python-contradiction',
      severity: 'warning' as const,
      message: `${place.file} names Python ${value}, and ${floor.place.file} asks for ${floor.value}.`,
      cure: 'Let one of them follow the other.',
      file: place.file,
      line: place.line,
      column: place.column,
      object: 'python',
    }));
}
