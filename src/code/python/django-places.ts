import type { Place } from '../snapshot.ts';
import { placeAt } from '../text/place.ts';
import { baseName, findAll } from '../text/search-text.ts';

/** A place of a tree that names a Django. */
export type DjangoPlace = {
  readonly kind: string;
  /** `requirement`: what may be installed. `list`: one of several that are tested with, or promised. */
  readonly role: 'requirement' | 'list';
  readonly value: string;
  readonly place: Place;
  /** Why it is left as it is, where it is. */
  readonly left?: string;
};

type Kind = Pick<DjangoPlace, 'kind' | 'role' | 'left'> & {
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

const kinds: readonly Kind[] = [
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
    pattern: new RegExp(`^[ \\t]+${name}[ \\t]*([<>=!~][^;#\\r\\n]*[^;#\\s])`, 'dgm'),
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
const parametrized = /parametrize\(\s*["']django(?:_version)?["']\s*,\s*(\[[^\]]*\])/dgi;

/** Every place of a file that names a Django, in the order of the text. Pure. */
export function djangoPlacesIn(path: string, text: string): readonly DjangoPlace[] {
  const found = kinds
    .filter(({ isIn }) => isIn(path))
    .flatMap(({ kind, role, left, pattern }) =>
      findAll(text, pattern).map(({ value, offset }) => ({ kind, role, left, value, offset })),
    );
  const listed = [
    ...(workflow(path) ? [...findAll(text, inline), ...findAll(text, block)] : []),
    ...(baseName(path) === 'noxfile.py' ? findAll(text, parametrized) : []),
  ].flatMap((list) =>
    findAll(list.value, /(?<![\w.-])(\d+\.\d+)(?![\w.])/dg).map(({ value, offset }) => ({
      kind: 'django-matrix',
      role: 'list' as const,
      left: undefined,
      value,
      offset: list.offset + offset,
    })),
  );
  return [...found, ...listed]
    .sort((one, other) => one.offset - other.offset)
    .map(({ kind, role, left, value, offset }) => ({
      kind,
      role,
      value,
      place: placeAt(path, text, { offset, length: value.length }),
      ...(left === undefined ? {} : { left }),
    }));
}

/** Whether a file may name a Django. */
export function mayNameDjango(path: string): boolean {
  return workflow(path) || baseName(path) === 'noxfile.py' || kinds.some(({ isIn }) => isIn(path));
}
