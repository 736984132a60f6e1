import { fromImports, movedNames } from '../../../python-source/import-names.ts';
import { type DjangoFile, fileKinds, numberOf } from '../reading/django-file.ts';
import { djangoTransform } from '../reading/django-transform.ts';

type Move = {
  readonly since: string;
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly to: string;
  /** A migration keeps what it was written with. */
  readonly notInMigrations?: true;
};

const words = (text: string): readonly string[] => text.split(' ');
const aggregates = ['django.contrib.postgres.aggregates', 'django.contrib.postgres.aggregates.general'];
const json = ['django.contrib.postgres.fields', 'django.contrib.postgres.fields.jsonb'];
const move = (since: string, from: string, names: string, to: string): Move => ({
  since,
  modules: words(from),
  names: words(names),
  to,
});

const moves: readonly Move[] = [
  move('1.7', 'django.contrib.admin', 'ACTION_CHECKBOX_NAME', 'django.contrib.admin.helpers'),
  move(
    '1.7',
    'django.template.base',
    'BaseContext Context ContextPopException RequestContext',
    'django.template.context',
  ),
  move('1.9', 'django.forms.forms', 'pretty_name', 'django.forms.utils'),
  move('1.9', 'django.forms.forms', 'BoundField', 'django.forms.boundfield'),
  move('1.9', 'django.forms.extras', 'SelectDateWidget', 'django.forms.widgets'),
  move('1.10', 'django.contrib.staticfiles.templatetags.staticfiles', 'static', 'django.templatetags.static'),
  move(
    '1.10',
    'django.core.urlresolvers',
    'NoReverseMatch Resolver404 ResolverMatch clear_script_prefix clear_url_caches get_callable get_mod_func get_ns_resolver get_resolver get_script_prefix get_urlconf is_valid_path resolve reverse reverse_lazy set_script_prefix set_urlconf translate_url',
    'django.urls',
  ),
  move('1.11', 'django.db.models.fields', 'FieldDoesNotExist', 'django.core.exceptions'),
  move(
    '1.11',
    'django.db.models.query django.db.models.sql django.db.models.sql.datastructures',
    'EmptyResultSet',
    'django.core.exceptions',
  ),
  move('1.11', 'django.test.runner', 'setup_databases', 'django.test.utils'),
  move('2.0', 'django.utils.functional', 'lru_cache', 'functools'),
  move('2.0', 'django.utils.decorators', 'ContextDecorator', 'contextlib'),
  move('2.0', 'django.http.cookie', 'SimpleCookie', 'http.cookies'),
  move('3.1', 'django.contrib.postgres.forms django.contrib.postgres.forms.jsonb', 'JSONField', 'django.forms'),
  { ...move('3.1', json.join(' '), 'JSONField', 'django.db.models'), notInMigrations: true },
  {
    ...move('3.1', json.join(' '), 'KeyTextTransform KeyTransform', 'django.db.models.fields.json'),
    notInMigrations: true,
  },
  move('4.0', 'django.template.base', 'TRANSLATOR_COMMENT_MARK', 'django.utils.translation.template'),
  move('6.1', aggregates.join(' '), 'BitAnd BitOr BitXor', 'django.db.models'),
];

/** `from django.core.urlresolvers import reverse` is `from django.urls import reverse`. */
export const movedImports = djangoTransform({
  id: 'moved-imports',
  why: 'What moved to another module is no longer found in the old one.',
  mentions: [...new Set(moves.flatMap(({ modules }) => modules))],
  find: (py) => fromImports(py).map((one) => movedNames(py, one, movesFrom(py, one.module))),
});

function movesFrom({ settings }: DjangoFile, module: string): ReadonlyMap<string, string> {
  const isMigration = fileKinds.migration.test(settings.path);
  return new Map(
    moves
      .filter(({ since, modules }) => numberOf(since) <= settings.target && modules.includes(module))
      .filter(({ notInMigrations }) => notInMigrations !== true || !isMigration)
      .flatMap(({ names, to }) => names.map((name) => [name, to] as const)),
  );
}
