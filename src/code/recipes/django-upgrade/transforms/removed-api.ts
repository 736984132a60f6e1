import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { fromImports } from '../../../python-source/import-names.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, nameOf, partsOf } from '../../../python-source/nodes.ts';
import { isAtTop } from '../../../python-source/statements.ts';
import type { FileTransform, Unresolved } from '../../../recipe.ts';
import { type DjangoFile, fileKinds, numberOf, targetParam } from '../reading/django-file.ts';
import { nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { removedAttributes, removedInTemplates, removedNames, removedSettings } from '../reading/removed-names.ts';
import { type Gone, isGone, releaseNotes, toldRemoved } from '../reading/told-removed.ts';
import { assignmentsTo } from './settings.ts';

/** What the wanted Django no longer has, where no rewrite means the same. */
export const removedApi = djangoTransform({
  id: 'removed-api',
  why: 'What was deprecated for two releases is gone: importing, calling or setting it fails, or does nothing.',
  mentions: [
    ...removedNames.flatMap(
      ({ modules, names }) => names ?? modules.map((module) => module.split('.').at(-1) ?? module),
    ),
    'django/forms/',
    ...Object.keys(removedSettings),
    ...Object.keys(removedAttributes),
  ],
  find: (py) => ({
    fixes: [],
    unresolved: [...inImports(py), ...inModules(py), ...inTexts(py), ...inSettings(py), ...inAttributes(py)],
  }),
});

/** Within `try … except ImportError`, absence is provided for; a migration keeps what it was written with. */
function inImports(py: DjangoFile): readonly Unresolved[] {
  if (fileKinds.migration.test(py.settings.path)) return [];
  const gone = removedNames.filter(({ since }) => isGone(py, since));
  const named = fromImports(py).flatMap(({ statement, module, names }) =>
    gone.flatMap((one): readonly Unresolved[] => {
      if (isGuarded(statement)) return [];
      const isModule =
        one.names === undefined && one.modules.some((own) => module === own || module.startsWith(`${own}.`));
      if (isModule) return [toldRemoved(spanOf(statement), module, [one.since, one.instead])];
      return names
        .filter(({ name }) => isRemoved(one, module, name))
        .map(({ name, node }) => toldRemoved(spanOf(node), `${module}.${name}`, [one.since, one.instead]));
    }),
  );
  const plain = py.all('import_statement').flatMap((statement) =>
    statement.fieldChildren('name').flatMap((node) => {
      const module = (node.field('name') ?? node).text();
      const one = gone.find(({ names, modules }) => names === undefined && modules.includes(module));
      return one === undefined || isGuarded(statement)
        ? []
        : [toldRemoved(spanOf(node), module, [one.since, one.instead])];
    }),
  );
  return [...plain, ...named];
}

function isRemoved({ modules, names }: (typeof removedNames)[number], module: string, name: string): boolean {
  if (names === undefined) return modules.includes(`${module}.${name}`);
  return modules.includes(module) && names.includes(name);
}

/** `http.urlquote` after `from django.utils import http`. */
function inModules(py: DjangoFile): readonly Unresolved[] {
  if (fileKinds.migration.test(py.settings.path)) return [];
  return removedNames
    .filter(({ since }) => isGone(py, since))
    .flatMap(({ since, modules, names, instead }) =>
      (names ?? []).flatMap((name) =>
        py
          .matching('attribute', `\\b${name}$`)
          .filter((node) => nameInModule(py, node, modules)?.name === name && !isGuarded(node))
          .map((node) => toldRemoved(spanOf(node), `${modules[0]}.${name}`, [since, instead])),
      ),
    );
}

/** Paths that Django imports from a text: backends, serializers, hashers of settings. */
function inTexts(py: DjangoFile): readonly Unresolved[] {
  if (fileKinds.migration.test(py.settings.path)) return [];
  const gone = removedNames.filter(({ since }) => isGone(py, since));
  const page: Gone = ['5.0', '`django/forms/div.html`, or a template of your own'];
  const pages = py
    .matching('string', '^\\w?[\'"]django/forms/(formsets/)?default\\.html[\'"]$')
    .filter(() => isGone(py, page[0]))
    .map((node) => toldRemoved(spanOf(node), literalOf(node)?.value ?? '', page));
  const paths = py.matching('string', '^\\w?[\'"]django\\.[\\w.]+[\'"]$').flatMap((node) => {
    const path = literalOf(node)?.value ?? '';
    const one = gone.find(({ modules, names }) =>
      modules.some((module) =>
        names === undefined
          ? path === module || path.startsWith(`${module}.`)
          : names.some((name) => path === `${module}.${name}`),
      ),
    );
    return one === undefined ? [] : [toldRemoved(spanOf(node), path, [one.since, one.instead])];
  });
  return [...paths, ...pages];
}

function isGuarded(node: SgNode): boolean {
  return node
    .ancestors()
    .some(
      (one) =>
        one.is('try_statement') && /except\s*\(?[^:]*(ImportError|ModuleNotFoundError|Exception)/.test(one.text()),
    );
}

function inSettings(py: DjangoFile): readonly Unresolved[] {
  if (!fileKinds.settings.test(py.settings.path)) return [];
  return assignmentsTo(py, ...Object.keys(removedSettings)).flatMap(({ node }) => {
    const name = nameOf(node.field('left')) ?? '';
    const removed = removedSettings[name];
    return removed !== undefined && isGone(py, removed[0]) ? [toldRemoved(spanOf(node), name, removed)] : [];
  });
}

function inAttributes(py: DjangoFile): readonly Unresolved[] {
  return py.callsOf(...Object.keys(removedAttributes)).flatMap((call) => {
    const callee = call.field('function');
    const name = callee?.is('attribute') === true ? callee.field('attribute')?.text() : undefined;
    const removed = removedAttributes[name ?? ''];
    return removed !== undefined && name !== undefined && isGone(py, removed[0])
      ? [toldRemoved(spanOf(call), name, removed)]
      : [];
  });
}

type Unsaid = {
  readonly since: string;
  readonly name: string;
  readonly means: string;
  readonly cure: string;
  readonly isAdvice?: true;
};

const unsaid: readonly Unsaid[] = [
  {
    since: '5.0',
    name: 'USE_TZ',
    means: 'it is true, and dates are aware',
    cure: 'Set `USE_TZ = False` to keep what was, or look at each naive date.',
  },
  {
    since: '6.0',
    name: 'DEFAULT_AUTO_FIELD',
    means: 'keys of models that name none are `BigAutoField`',
    cure: 'Where `makemigrations` now changes keys, set `DEFAULT_AUTO_FIELD = "django.db.models.AutoField"` to keep what was.',
    isAdvice: true,
  },
];

/** Settings whose meaning changed where they are not set. */
export const changedDefaults = djangoTransform({
  id: 'changed-defaults',
  why: 'What a project does not say follows the new release: `USE_TZ` is true since Django 5.0, keys are big since 6.0, and origins name their scheme since 4.0.',
  since: '4.0',
  only: 'settings',
  mentions: ['INSTALLED_APPS', 'CSRF_TRUSTED_ORIGINS'],
  find(py) {
    const apps = assignmentsTo(py, 'INSTALLED_APPS').filter(({ statement }) => isAtTop(statement));
    const [first] = apps;
    const isWhole = first !== undefined && !/^\s*from\s+\S+\s+import\s+\*/m.test(py.text);
    const unset = unsaid
      .filter(({ since, name }) => isWhole && isGone(py, since) && !new RegExp(`\\b${name}\\b`).test(py.text))
      .map(({ since, name, means, cure, ...more }) => ({
        ...spanOf(first?.node ?? py.root),
        message: `\`${name}\` is not set here: since Django ${since} ${means}.`,
        cure,
        symbol: name,
        evidence: releaseNotes(since),
        ...more,
      }));
    const origins = assignmentsTo(py, 'CSRF_TRUSTED_ORIGINS').flatMap(({ value }) =>
      partsOf(bare(value)).filter((part) => {
        const text = literalOf(part);
        return text?.kind === 'str' && !text.value.includes('://');
      }),
    );
    return {
      fixes: [],
      unresolved: [
        ...unset,
        ...origins.map((node) => ({
          ...spanOf(node),
          message: 'An origin of `CSRF_TRUSTED_ORIGINS` names no scheme: Django 4.0 refuses it.',
          cure: 'Write `https://` before it, and a `*` in place of a leading dot.',
          symbol: 'CSRF_TRUSTED_ORIGINS',
          evidence: 'https://docs.djangoproject.com/en/4.0/releases/4.0/',
        })),
      ],
    };
  },
});

/** Indexes of a model that get other names in the database. */
export const indexMigration = djangoTransform({
  id: 'index-migration',
  why: 'An index of `indexes` has another name in the database than one of `index_together`: a migration renames it.',
  since: '4.2',
  only: 'model',
  mentions: ['index_together'],
  find: (py) => ({
    fixes: [],
    unresolved: assignmentsTo(py, 'index_together').map(({ node }) => ({
      ...spanOf(node),
      message:
        '`index_together` is read no longer since Django 5.1; where it becomes `indexes`, the database has the index under another name.',
      cure: 'Run `python manage.py makemigrations` with Django 4.2 and keep its `RenameIndex`.',
      symbol: 'index_together',
      evidence: 'https://docs.djangoproject.com/en/4.2/releases/4.2/',
    })),
  }),
});

/** Indexes that old migrations take away. */
export const indexesOfMigrations = djangoTransform({
  id: 'indexes-of-migrations',
  why: 'Since Django 5.1 a table that SQLite makes anew loses what `index_together` of older migrations made, and the migration that takes it away stops: "Found wrong number (0) of constraints".',
  since: '5.1',
  only: 'migration',
  mentions: ['AlterIndexTogether', 'RenameIndex'],
  find: (py) => ({
    fixes: [],
    unresolved: py.matching('call', '\\b(AlterIndexTogether|RenameIndex)\\b').flatMap((call) => {
      const name = /\b(AlterIndexTogether|RenameIndex)$/.exec(call.field('function')?.text() ?? '')?.[1];
      if (name === undefined || !takesIndex(call, name)) return [];
      const does = name === 'RenameIndex' ? 'names an index anew by its fields' : 'takes an index away';
      return [
        {
          ...spanOf(call),
          message: `\`${name}\` ${does} here: with Django 5.1 the table has lost it where SQLite made it anew, and the migration stops.`,
          cure: 'Run all migrations on an empty database. Where this one stops, squash it, or empty its operations and those that made the index.',
          symbol: name,
          evidence: 'https://docs.djangoproject.com/en/5.1/releases/5.1/',
        },
      ];
    }),
  }),
});

/** True for a call of a migration that needs an index of `index_together` to be there. */
function takesIndex(call: SgNode, name: string): boolean {
  const { keywords } = argumentsOf(call);
  if (name === 'RenameIndex')
    return keywords.some((one) => one.name === 'old_fields' && !/=\s*None$/.test(one.node.text()));
  return keywords.some(
    (one) => one.name === 'index_together' && /=\s*(None|set\(\s*(\[\s*\])?\s*\)|\[\s*\])$/.test(one.node.text()),
  );
}

/** `is_dst=` of functions that took zones of pytz. */
export const daylightSaving = djangoTransform({
  id: 'daylight-saving',
  why: '`is_dst` was for zones of pytz; Django 5.0 takes it no longer.',
  since: '5.0',
  mentions: ['is_dst'],
  find: (py) => ({
    fixes: [],
    unresolved: py.matching('call', '\\bis_dst\\b').flatMap((call) =>
      argumentsOf(call)
        .keywords.filter(({ name }) => name === 'is_dst')
        .map(({ node }) => toldRemoved(spanOf(node), 'is_dst', ['5.0', '`fold` of the datetime'])),
    ),
  }),
});

/** What templates no longer have. */
export const templates: FileTransform = {
  kind: 'file',
  id: 'templates',
  why: 'Tags and filters that were deprecated are gone from the language of templates.',
  files: ['**/templates/**/*.{html,txt,xml,jinja}', '**/*.{djhtml,html}'],
  mentions: ['staticfiles', 'admin_static', 'ifequal', 'ifnotequal', 'length_is', 'logout', 'django/forms/'],
  transform({ text }, { params }) {
    const target = numberOf(params[targetParam] ?? '');
    const unresolved = removedInTemplates
      .filter(([, since]) => numberOf(since) <= target)
      .flatMap(([pattern, since, instead, says]) =>
        [...text.matchAll(pattern)].map((match) => {
          const name = match[1] ?? '';
          const offset = match.index + match[0].lastIndexOf(name);
          const found = toldRemoved({ offset, length: name.length }, name, [since, instead]);
          return says === undefined ? found : { ...found, message: says(name) };
        }),
      );
    return { edits: [], unresolved };
  },
};
