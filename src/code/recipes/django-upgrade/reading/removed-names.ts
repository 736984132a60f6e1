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
    modules: ['django.contrib.gis.admin'],
    names: words('GeoModelAdmin OSMGeoAdmin'),
    instead: '`ModelAdmin` or `GISModelAdmin`',
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
];

/** Settings that are read no longer. */
export const removedSettings: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  DEFAULT_HASHING_ALGORITHM: ['4.0', 'nothing: leave it out'],
  USE_DEPRECATED_PYTZ: ['5.0', '`zoneinfo`'],
  CSRF_COOKIE_MASKED: ['5.0', 'nothing: leave it out'],
  USE_L10N: ['5.0', 'nothing: values are always localized'],
  DEFAULT_FILE_STORAGE: ['5.1', '`STORAGES["default"]`'],
  STATICFILES_STORAGE: ['5.1', '`STORAGES["staticfiles"]`'],
};

/** Methods and keywords by their names, which mean nothing else in a Django project. */
export const removedAttributes: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  is_ajax: ['4.0', 'a header that the client sets, e.g. `request.headers.get("x-requested-with")`'],
  make_random_password: ['5.1', '`secrets`, or `get_random_string` of `django.utils.crypto`'],
  _html_output: ['5.0', 'a template of the form'],
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
  [/\|\s*(length_is)\s*:/g, '5.1', 'the filter `length` and `==`: `{% if value|length == 4 %}`'],
  [
    /<a\b[^>]*href=["']\{%-?\s*url\s+["']((?:[\w.-]+:)*logout)["']/g,
    '5.0',
    'a form with `method="post"`',
    (name) => `A link to \`${name}\` logs nobody out: \`LogoutView\` takes no GET any more since Django 5.0.`,
  ],
];
