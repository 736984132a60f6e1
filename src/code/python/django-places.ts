import { isCommandPlace, isSpoken } from '../command-files.ts';
import type { Place } from '../snapshot.ts';
import { keysAbove } from '../text/keys-above.ts';
import { matrixEntry } from '../text/matrix-values.ts';
import { placeAt } from '../text/place.ts';
import { baseName, findAll } from '../text/search-text.ts';

/** A place of a tree that names a Django. */
export type DjangoPlace = {
  readonly kind: string;
  /**
   * `requirement`: what may be installed. `list`: one of several that are tested with, or promised. `variable`: a version that
   * others read. `condition`: which entry of a list is meant.
   */
  readonly role: 'requirement' | 'list' | 'variable' | 'condition';
  readonly value: string;
  readonly place: Place;
  /** How it is written: bare in a command, where a shell reads `*`, or as conda takes it; undefined for what pip reads. */
  readonly form?: 'shell' | 'conda';
  /** Why it is left as it is, where it is. */
  readonly left?: string;
};

type Kind = Pick<DjangoPlace, 'kind' | 'role' | 'form' | 'left'> & {
  isIn(path: string): boolean;
  /** The first group is the value. */
  readonly pattern: RegExp;
};

const name = '[Dd]jango(?:\\[[\\w,. -]*\\])?';
const named =
  (pattern: RegExp) =>
  (path: string): boolean =>
    pattern.test(baseName(path));
const workflow = (path: string): boolean =>
  /(^|\/)(\.(github|gitea|forgejo)\/workflows\/.+|\.gitlab-ci|\.travis|azure-pipelines)\.ya?ml$/.test(path);

const conda = (path: string): boolean => /(^|\/)(conda[-_])?env(ironment)?[\w.-]*\.ya?ml$/.test(path);
const isInCommands = (path: string): boolean => isCommandPlace(path) || workflow(path);
const isSet = (path: string): boolean => isInCommands(path) || /(^|\/)docker-bake[\w.-]*\.hcl$/.test(path);

const kinds: readonly Kind[] = [
  {
    kind: 'django-command',
    role: 'requirement',
    isIn: isInCommands,
    pattern: new RegExp(`["']${name}[ \\t]*([<>=!~][^"';)\\n]*[^"';)\\s])["']`, 'dg'),
  },
  {
    kind: 'django-command',
    role: 'requirement',
    form: 'shell',
    isIn: isInCommands,
    pattern: new RegExp(`(?<=[ \\t"'])${name}((?:===?|~=)\\d[\\w.*]*)(?![\\w.,<>=!~-])`, 'dg'),
  },
  {
    kind: 'django-command',
    role: 'requirement',
    form: 'conda',
    isIn: isInCommands,
    pattern: /(?<=\b(?:conda|mamba|micromamba)[ \t][^\n]*[ \t"'])[Dd]jango(=\d[\w.*]*)/dg,
  },
  {
    kind: 'conda-environment',
    role: 'requirement',
    form: 'conda',
    isIn: conda,
    pattern: new RegExp(`^[ \\t]*-[ \\t]+["']?${name}[ \\t]*([<>=!~][^"'#\\r\\n]*[^"'#\\s])`, 'dgm'),
  },
  {
    kind: 'django-variable',
    role: 'variable',
    isIn: isSet,
    pattern: /(?<![\w-])DJANGO_VERSION["']?(?:[ \t]*(?:[:?]?=|:)|[ \t])[ \t]*["']?(\d+\.\d+(?:\.\d+)?)(?![\w.-])/dg,
  },
  {
    kind: 'requirements',
    role: 'requirement',
    isIn: (path) => /(^|\/)((requirements|constraints)[\w.-]*|requirements\/[\w.-]+)\.(txt|in)$/.test(path),
    pattern: new RegExp(`^[ \\t]*${name}[ \\t]*([<>=!~][^;#\\\\\\r\\n]*[^;#\\\\\\s])`, 'dgm'),
  },
  {
    kind: 'requirement',
    role: 'requirement',
    isIn: named(/^(pyproject\.toml|setup\.py|noxfile\.py)$/),
    pattern: new RegExp(`["']${name}[ \\t]*\\(?([<>=!~][^"';)\\n]*[^"';)\\s])`, 'dg'),
  },
  {
    kind: 'requirement',
    role: 'requirement',
    isIn: named(/^(setup\.cfg|tox\.ini)$/),
    pattern: new RegExp(
      `^(?:[ \\t]+|[ \\t]*[\\w.-]+[ \\t]*=[ \\t]*)${name}[ \\t]*([<>=!~][^;#\\r\\n]*[^;#\\s])`,
      'dgm',
    ),
  },
  {
    kind: 'requirement',
    role: 'requirement',
    isIn: named(/^(pyproject\.toml|Pipfile)$/),
    pattern: /^[ \t]*["']?[Dd]jango["']?[ \t]*=[ \t]*(?:\{[^}\n]*version[ \t]*=[ \t]*)?["']([^"'*][^"']*)["']/dgm,
  },
  {
    kind: 'django-environment',
    role: 'requirement',
    isIn: named(/^tox\.ini$/),
    pattern: new RegExp(`^[ \\t]+\\S*:[ \\t]*${name}[ \\t]*([<>=!~][^;#\\r\\n]*[^;#\\s])`, 'dgm'),
    left: 'an environment of its own is tested with it',
  },
  {
    kind: 'django-classifier',
    role: 'list',
    isIn: named(/^(pyproject\.toml|setup\.(cfg|py))$/),
    pattern: /(Framework :: Django :: \d+\.\d+)/dg,
  },
];

const inline = /["']?django(?:[-_]version)?s?["']?[ \t]*:[ \t]*(\[[^\]]*\])/dgi;
const block = /["']?django(?:[-_]version)?s?["']?[ \t]*:[ \t]*(?:#.*)?\r?\n((?:[ \t]*-[ \t]+[^\n:]*(?:\n|$))+)/dgi;
const scalar =
  /(?<=^[ \t-]*|[{,][ \t]*)["']?django(?:[-_]version)?["']?[ \t]*:[ \t]*["']?(\d+\.\d+(?:\.\d+)?)["']?[ \t]*(?=[,}#\r\n]|$)/dgim;
const condition = matrixEntry('[\\w-]*[dD]jango[\\w-]*');
const conditions = [
  new RegExp(`${condition}[ \\t]*(?:[!=]=|,)[ \\t]*['"]?(\\d+\\.\\d+)`, 'dg'),
  new RegExp(`(?<![\\w.-])['"]?(\\d+\\.\\d+)['"]?[ \\t]*[!=]=[ \\t]*${condition}`, 'dg'),
];
const parametrized = /parametrize\(\s*["']django(?:_version)?["']\s*,\s*(\[[^\]]*\])/dgi;

/** Every place of a file that names a Django, in the order of the text. Pure. */
export function djangoPlacesIn(path: string, text: string): readonly DjangoPlace[] {
  const found = kinds
    .filter(({ isIn }) => isIn(path))
    .flatMap(({ pattern, isIn: _, ...kind }) => findAll(text, pattern).map((one): Found => ({ ...kind, ...one })));
  const listed = [
    ...(workflow(path) ? [...findAll(text, inline), ...findAll(text, block)] : []),
    ...(baseName(path) === 'noxfile.py' ? findAll(text, parametrized) : []),
  ].flatMap((list) =>
    findAll(list.value, /(?<![\w.-])(\d+\.\d+)(?![\w.])/dg).map(
      ({ value, offset }): Found => ({ kind: 'django-matrix', role: 'list', value, offset: list.offset + offset }),
    ),
  );
  const places = [...found, ...listed, ...(workflow(path) ? inWorkflow(text) : [])]
    .filter(({ offset }) => !isSpokenIn(path, text, offset))
    .sort((one, other) => one.offset - other.offset);
  return places
    .filter(({ offset }, at) => at === 0 || places[at - 1]?.offset !== offset)
    .map(({ value, offset, form, ...kind }) => ({
      ...kind,
      ...(form === undefined || (form === 'conda' && keysAbove(text, offset).includes('pip')) ? {} : { form }),
      value,
      place: placeAt(path, text, { offset, length: value.length }),
    }));
}

type Found = Omit<DjangoPlace, 'place'> & { readonly offset: number };

/** What is alone behind a key, and what is compared with an entry of a matrix. */
function inWorkflow(text: string): readonly Found[] {
  const scalars = findAll(text, scalar).map((one): Found => {
    const line = text.slice(text.lastIndexOf('\n', one.offset) + 1, one.offset);
    const isCombination = [...keysAbove(text, one.offset), ...(/\w+(?=[ \t]*:[ \t]*\[)/g.exec(line) ?? [])].some(
      (key) => key === 'include' || key === 'exclude',
    );
    const left = 'it is one combination of a matrix, and what stands beside it is for this version';
    return { kind: 'django-workflow', role: 'variable', ...one, ...(isCombination ? { left } : {}) };
  });
  const compared = conditions
    .flatMap((pattern) => findAll(text, pattern))
    .map((one): Found => ({ kind: 'django-condition', role: 'condition', ...one }));
  return [...scalars, ...compared];
}

/** True for a comment, and for the name of a step. */
function isSpokenIn(path: string, text: string, offset: number): boolean {
  return isInCommands(path) && isSpoken(text.slice(text.lastIndexOf('\n', offset) + 1, offset));
}

/** Whether a file may name a Django. */
export function mayNameDjango(path: string): boolean {
  return workflow(path) || baseName(path) === 'noxfile.py' || kinds.some(({ isIn }) => isIn(path));
}
