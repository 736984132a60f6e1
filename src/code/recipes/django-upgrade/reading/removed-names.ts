/** What Django no longer has, and that cannot be written anew with certainty. */
export type Removed = {
  /** The release that lacks it. */
  readonly since: string;
  /** Modules that have, or are, what is gone. */
  readonly modules: readonly string[];
  /** Names of them; the modules themselves are gone where there is none. */
  readonly names?: readonly string[];
  readonly instead: string;
};

const words = (text: string): readonly string[] => text.split(' ');

export const removedNames: readonly Removed[] = [
  {
    since: '4.0',
    modules: ['django.utils.http'],
    names: words('urlquote urlquote_plus urlunquote urlunquote_plus'),
    instead: '`quote`, `quote_plus`, `unquote` or `unquote_plus` of `urllib.parse`',
  },
  {
    since: '4.0',
    modules: ['django.utils.http'],
    names: ['is_safe_url'],
    instead: '`url_has_allowed_host_and_scheme` of `django.utils.http`',
  },
  {
    since: '4.0',
    modules: ['django.utils.encoding'],
    names: words('force_text smart_text'),
    instead: '`force_str` or `smart_str`',
  },
  {
    since: '4.0',
    modules: ['django.utils.translation'],
    names: words('ugettext ugettext_lazy ugettext_noop ungettext ungettext_lazy'),
    instead: 'the name without the `u`',
  },
  {
    since: '4.0',
    modules: ['django.utils.translation'],
    names: ['LANGUAGE_SESSION_KEY'],
    instead: 'the cookie `settings.LANGUAGE_COOKIE_NAME`: the session holds no language any more',
  },
  {
    since: '4.0',
    modules: ['django.utils.text'],
    names: ['unescape_entities'],
    instead: '`html.unescape`',
  },
  {
    since: '4.0',
    modules: ['django.db.models.query_utils'],
    names: ['InvalidQuery'],
    instead: '`FieldDoesNotExist` or `FieldError` of `django.core.exceptions`',
  },
  {
    since: '4.0',
    modules: ['django.conf.urls'],
    names: ['url'],
    instead: '`re_path` or `path` of `django.urls`',
  },
  {
    since: '4.0',
    modules: words('django.contrib.postgres.forms django.contrib.postgres.forms.jsonb'),
    names: ['JSONField'],
    instead: '`JSONField` of `django.forms`',
  },
  {
    since: '4.0',
    modules: words('django.contrib.postgres.fields django.contrib.postgres.fields.jsonb'),
    names: words('JSONField KeyTransform KeyTextTransform'),
    instead: '`JSONField` of `django.db.models`, the transforms of `django.db.models.fields.json`',
  },
  {
    since: '4.1',
    modules: ['django.core.cache.backends.memcached'],
    names: ['MemcachedCache'],
    instead: '`PyMemcacheCache` or `PyLibMCCache`',
  },
  { since: '5.0', modules: ['django.utils.baseconv', 'django.utils.datetime_safe'], instead: 'code of your own' },
  {
    since: '5.0',
    modules: ['pytz'],
    instead: '`zoneinfo`: Django takes zones of pytz no longer, and `is_dst` is gone from its functions',
  },
  {
    since: '5.0',
    modules: words('django.contrib.gis.admin django.contrib.gis.admin.options'),
    names: words('GeoModelAdmin OSMGeoAdmin'),
    instead: '`ModelAdmin` or `GISModelAdmin`',
  },
  {
    since: '5.0',
    modules: words('django.contrib.gis.admin django.contrib.gis.admin.widgets'),
    names: ['OpenLayersWidget'],
    instead: '`OpenLayersWidget` of `django.contrib.gis.forms`',
  },
  {
    since: '5.0',
    modules: ['django.contrib.sessions.serializers'],
    names: ['PickleSerializer'],
    instead: '`JSONSerializer`; what sessions hold must be JSON then',
  },
  {
    since: '5.0',
    modules: ['django.contrib.auth.hashers'],
    names: ['CryptPasswordHasher'],
    instead: 'a hasher that Django still has; passwords that were hashed so must be set anew',
  },
  {
    since: '5.0',
    modules: ['django.utils.timezone'],
    names: ['utc'],
    instead: '`datetime.timezone.utc`',
  },
  {
    since: '5.1',
    modules: ['django.contrib.postgres.fields', 'django.contrib.postgres.fields.citext'],
    names: words('CICharField CIEmailField CITextField CIText'),
    instead:
      '`CharField`, `EmailField` or `TextField` with a collation of the database that tells no case apart (`db_collation`), and a migration',
  },
  {
    since: '5.1',
    modules: ['django.contrib.auth.hashers'],
    names: words('SHA1PasswordHasher UnsaltedSHA1PasswordHasher UnsaltedMD5PasswordHasher'),
    instead: 'a hasher that Django still has; passwords that were hashed so must be set anew',
  },
  {
    since: '5.1',
    modules: ['django.core.files.storage'],
    names: ['get_storage_class'],
    instead: '`storages` of `django.core.files.storage`',
  },
  {
    since: '6.0',
    modules: ['django.forms.renderers'],
    names: words('DjangoDivFormRenderer Jinja2DivFormRenderer'),
    instead: '`DjangoTemplates` or `Jinja2`, which render with `div` by themselves',
  },
  {
    since: '6.0',
    modules: ['django.db.models.enums'],
    names: ['ChoicesMeta'],
    instead: '`ChoicesType` of the same module',
  },
  { since: '6.0', modules: ['django.utils.itercompat'], instead: '`isinstance(x, collections.abc.Iterable)`' },
  { since: '6.0', modules: ['cx_Oracle'], instead: '`oracledb`' },
];

/** Settings that are read no longer. */
export const removedSettings: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  DEFAULT_HASHING_ALGORITHM: ['4.0', 'nothing: leave it out'],
  USE_DEPRECATED_PYTZ: ['5.0', '`zoneinfo`'],
  CSRF_COOKIE_MASKED: ['5.0', 'nothing: leave it out'],
  USE_L10N: ['5.0', 'nothing: values are always localized'],
  DEFAULT_FILE_STORAGE: ['5.1', '`STORAGES["default"]`'],
  STATICFILES_STORAGE: ['5.1', '`STORAGES["staticfiles"]`'],
  FORMS_URLFIELD_ASSUME_HTTPS: ['6.0', '`assume_scheme="http"` of each `forms.URLField` that is to go on with it'],
};

/** Methods and keywords by their names, which mean nothing else in a Django project. */
export const removedAttributes: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  is_ajax: ['4.0', 'a header that the client sets, e.g. `request.headers.get("x-requested-with")`'],
  make_random_password: ['5.1', '`secrets`, or `get_random_string` of `django.utils.crypto`'],
  assertFormsetError: ['5.1', '`assertFormSetError`'],
  assertQuerysetEqual: ['5.1', '`assertQuerySetEqual`'],
  _html_output: ['5.0', 'a template of the form'],
  get_joining_columns: ['6.0', '`get_joining_fields`'],
  get_reverse_joining_columns: ['6.0', '`get_reverse_joining_fields`'],
  get_prefetch_queryset: ['6.0', '`get_prefetch_querysets`, which takes a list'],
  log_deletion: ['6.0', '`log_deletions`, which takes a query'],
};

/** Tags and filters of templates. */
export const removedInTemplates: readonly (readonly [
  pattern: RegExp,
  since: string,
  instead: string,
  says?: (name: string) => string,
])[] = [
  [/\{%-?\s*load\s[^%]*\b(staticfiles|admin_static)\b/g, '3.0', '`{% load static %}`'],
  [/\{%-?\s*(ifequal|ifnotequal)\b/g, '4.0', '`{% if a == b %}`'],
  [
    /["'](django\/forms\/(?:formsets\/)?default\.html)["']/g,
    '5.0',
    '`django/forms/div.html`, or `table.html`, or a template of your own',
  ],
  [/\|\s*(length_is)\s*:/g, '5.1', 'the filter `length` and `==`: `{% if value|length == 4 %}`'],
  [
    /<a\b[^>]*href=["']\{%-?\s*url\s+["']((?:[\w.-]+:)*logout)["']/g,
    '5.0',
    'a form with `method="post"`',
    (name) => `A link to \`${name}\` logs nobody out: \`LogoutView\` takes no GET any more since Django 5.0.`,
  ],
];
