import { expect, it } from 'vitest';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import { djangoUpgrade } from './recipe.ts';

const { signal } = new AbortController();

/** What becomes of a file: its new text, or what is named at which line. */
async function outcome(path: string, text: string, target = '5.2'): Promise<string> {
  const tree = memoryTree({ [path]: text });
  const params = { 'target-version': target };
  const { changes, unresolved } = await runRecipe(djangoUpgrade, tree, { params, signal });
  const named = unresolved.map(({ line, rule }) => `${line} ${rule}`);
  return [...changes.map(({ after }) => after ?? ''), ...named].join('\n');
}

const named = (line: number, rule = 'removed-api'): string => `${line} ${rule}`;
const model = 'app/models.py';
const view = 'app/views.py';
const test = 'app/tests/test_a.py';
const settings = 'app/settings.py';
const template = 'app/templates/a.html';
const client = (line: string): string => `class T(TestCase):\n    def test(self):\n        ${line}\n`;

/**
 * "Features removed" of Django 4.0 to 5.2, line by line as docs/internals/deprecation.txt of Django 5.2 has them; 4.2 and 5.2
 * removed none. What only running shows is in no line here: formats of cookies, tokens, sessions and signatures; copies of what
 * `setUpTestData` sets; unsaved objects in filters; texts of JSON given to a JSONField; the scheme of sitemaps without a request.
 */
it.each([
  // 4.0
  [view, 'from django.utils.http import urlquote\nurlquote(a)\n', 'from urllib.parse import quote\nquote(a)\n'],
  [view, 'from django.utils import http\nhttp.urlquote(a)\n', named(2)],
  [view, 'import django.utils.http\ndjango.utils.http.urlunquote_plus(a)\n', named(2)],
  [view, 'from django.utils.encoding import smart_text\n', 'from django.utils.encoding import smart_str\n'],
  [view, 'import django.utils.encoding as e\ne.force_text(a)\n', 'import django.utils.encoding as e\ne.force_str(a)\n'],
  [
    view,
    'import django.utils.translation as tr\ntr.ugettext("x")\n',
    'import django.utils.translation as tr\ntr.gettext("x")\n',
  ],
  [
    view,
    'from django.utils import translation\nT = translation.ugettext_lazy("x")\n',
    'from django.utils import translation\nT = translation.gettext_lazy("x")\n',
  ],
  [view, 'from django.utils.translation import LANGUAGE_SESSION_KEY\n', named(1)],
  [view, 'from django.utils import text\ntext.unescape_entities(a)\n', named(2)],
  [view, 'from django.utils import http\nhttp.is_safe_url(a)\n', named(2)],
  [settings, 'PASSWORD_RESET_TIMEOUT_DAYS = 3\n', 'PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3\n'],
  [view, 'A.objects.filter(b__isnull=1, c__isnull=True)\n', named(1, 'removed-uses')],
  [view, 'from django.db.models.query_utils import InvalidQuery\n', named(1)],
  [
    'Makefile',
    'x:\n\tdjango-admin.py check && my-django-admin.py\n',
    'x:\n\tdjango-admin check && my-django-admin.py\n',
  ],
  [view, 'def v(request):\n    return request.is_ajax()\n', named(2)],
  [
    test,
    'from django.contrib.sessions.middleware import SessionMiddleware\nSessionMiddleware()\nSessionMiddleware(None)\nSessionMiddleware(get)\n',
    `${named(2, 'removed-uses')}\n${named(3, 'removed-uses')}`,
  ],
  [
    view,
    'class M(MiddlewareMixin):\n    pass\nclass OwnMiddleware(MiddlewareMixin):\n    pass\nOwnMiddleware()\n',
    named(5, 'removed-uses'),
  ],
  [
    view,
    'from django.dispatch import Signal\ns = Signal(providing_args=["a"])\n',
    'from django.dispatch import Signal\ns = Signal()\n',
  ],
  [
    view,
    'from django.utils.crypto import get_random_string\nget_random_string()\n',
    'from django.utils.crypto import get_random_string\nget_random_string(length=12)\n',
  ],
  [view, 'A.objects.order_by("-app_a.name", "b")\n', named(1, 'removed-uses')],
  [view, 'from django.conf import urls\nurls.url("^a$", v)\n', named(2)],
  [
    view,
    'from django.contrib.postgres.fields.jsonb import KeyTransform\n',
    'from django.db.models.fields.json import KeyTransform\n',
  ],
  [view, 'from django.contrib.postgres import forms\nforms.JSONField()\n', named(2)],
  [template, '{% ifequal a b %}{% endifequal %}\n', named(1, 'templates')],
  [settings, 'DEFAULT_HASHING_ALGORITHM = "sha1"\n', named(1)],
  [
    model,
    'from django.db import models\na = models.NullBooleanField()\n',
    'from django.db import models\na = models.BooleanField(null=True)\n',
  ],
  [view, 'from django.db import models\na = models.NullBooleanField()\n', named(2, 'removed-uses')],
  [view, 'from django.db import models\nFIELDS = [models.NullBooleanField]\n', ''],
  // 4.1
  ['app/__init__.py', 'a = 1\ndefault_app_config = "app.apps.A"\n', 'a = 1\n'],
  [
    'app/management/commands/a.py',
    'class C(BaseCommand):\n    requires_system_checks = False\n',
    'class C(BaseCommand):\n    requires_system_checks = []\n',
  ],
  [
    view,
    'from django.core.validators import EmailValidator\nEmailValidator(whitelist=a)\n',
    'from django.core.validators import EmailValidator\nEmailValidator(allowlist=a)\n',
  ],
  [test, client("self.assertQuerySetEqual(a, ['<A: a>'])"), named(3, 'removed-uses')],
  [test, client("self.assertQuerySetEqual(a, ['<A: a>'], transform=repr)"), ''],
  [settings, "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.memcached.MemcachedCache'}}\n", named(1)],
  // 5.0
  [settings, "DATABASES = {'default': {'TEST': {'SERIALIZE': False}}}\n", named(1, 'removed-uses')],
  [view, 'from django.utils import baseconv\n', named(1)],
  [
    view,
    'class R(DiscoverRunner):\n    def build_suite(self, labels=None, extra_tests=None):\n        return 1\n',
    named(2, 'removed-uses'),
  ],
  [
    view,
    'from django.contrib.postgres.aggregates import ArrayAgg\nArrayAgg("a")\nArrayAgg("a", default=None)\n',
    named(2, 'removed-uses'),
  ],
  [view, 'import pytz\n', named(1)],
  [view, 'make_aware(a, is_dst=True)\n', named(1, 'daylight-saving')],
  [view, 'from django.contrib.gis import admin\nadmin.site.register(A, admin.OSMGeoAdmin)\n', named(2)],
  [
    view,
    'from django.utils.functional import cached_property\na = cached_property(f, name="a")\n',
    named(2, 'removed-uses'),
  ],
  [model, 'ExclusionConstraint(name="a", opclasses=["b"])\n', named(1, 'removed-uses')],
  [settings, "SESSION_SERIALIZER = 'django.contrib.sessions.serializers.PickleSerializer'\n", named(1)],
  [view, 'from django.contrib.sessions.serializers import PickleSerializer\n', named(1)],
  [view, "for a in A.objects.prefetch_related('b').filter(c=1).iterator():\n    pass\n", named(1, 'removed-uses')],
  [view, "qs = A.objects.prefetch_related('b')\nfor a in qs.iterator():\n    pass\n", named(2, 'removed-uses')],
  [
    view,
    "A.objects.prefetch_related('b').iterator(chunk_size=9)\nA.objects.prefetch_related('b').prefetch_related(None).iterator()\nA.objects.iterator()\n",
    '',
  ],
  [
    view,
    'class B(RemoteUserBackend):\n    def configure_user(self, request, user):\n        return user\n',
    named(2, 'removed-uses'),
  ],
  [template, '<a href="{% url \'logout\' %}">out</a>\n', named(1, 'templates')],
  [
    view,
    'from django.utils import timezone as tz\nNOW = tz.utc\n',
    'import datetime as dt\nfrom django.utils import timezone as tz\nNOW = dt.timezone.utc\n',
  ],
  [view, 'def f():\n    from django.utils import timezone\n    return timezone.utc\n', named(3)],
  [
    test,
    client("self.assertFormError(self.client.get('/'), 'form', 'f', 'e')"),
    client("self.assertFormError(self.client.get('/').context['form'], 'f', 'e')"),
  ],
  [
    test,
    client("self.assertFormError(self.response, 'form', 'f', None)"),
    client("self.assertFormError(self.response.context['form'], 'f', [])"),
  ],
  [test, client("self.assertFormError(self.submit(), 'form', 'f', 'e')"), named(3, 'assert-form-error')],
  [test, client("self.assertFormError(form, 'f', 'e', 'prefix')"), ''],
  [view, 'from django.contrib.gis.admin import OpenLayersWidget\n', named(1)],
  [settings, "PASSWORD_HASHERS = ['django.contrib.auth.hashers.CryptPasswordHasher']\n", named(1)],
  [template, '{% include "django/forms/default.html" %}\n', named(1, 'templates')],
  [view, 'A.objects.order_by(F("a").desc(nulls_last=False))\n', named(1, 'removed-uses')],
  [view, 'R = "django/forms/formsets/default.html"\n', named(1)],
  [settings, 'CSRF_COOKIE_MASKED = True\nUSE_DEPRECATED_PYTZ = True\n', `${named(1)}\n${named(2)}`],
  [settings, 'a = 1\nUSE_L10N = True\n', 'a = 1\n'],
  [settings, 'a = 1\nINSTALLED_APPS = []\n', named(2, 'changed-defaults')],
  [view, 'from django.utils.datetime_safe import date\n', named(1)],
  [view, 'def f(form):\n    return form._html_output()\n', named(2)],
  // 5.1
  [
    test,
    client("self.assertFormsetError(response, 'a', 0, 'f', None)"),
    client("self.assertFormSetError(response.context['a'], 0, 'f', [])"),
  ],
  [view, 'A.objects.make_random_password()\n', named(1)],
  [template, '{{ a|length_is:"4" }}\n', named(1, 'templates')],
  [settings, "PASSWORD_HASHERS = ['django.contrib.auth.hashers.SHA1PasswordHasher']\n", named(1)],
  [model, 'from django.contrib.postgres import fields\na = fields.CICharField()\n', named(2)],
  [view, 'class W(forms.OSMWidget):\n    map_width = 3\n', named(2, 'removed-uses')],
  ['app/base.py', 'class T:\n    def check(self):\n        self.assertQuerysetEqual(a, b)\n', named(3)],
  [
    view,
    'from django.core.signing import Signer\nSigner(k, salt="s")\n',
    'from django.core.signing import Signer\nSigner(key=k, salt="s")\n',
  ],
  [view, 'from django.core.files import storage\nstorage.get_storage_class()\n', named(2)],
  [settings, 'X = "django.core.files.storage.get_storage_class"\n', named(1)],
])('%s %s', async (path, before, after) => {
  expect((await outcome(path, before)).replaceAll('recipe/django-upgrade/', '')).toBe(after);
});

/** "Features removed" of Django 6.0 and 6.1, as docs/internals/deprecation.txt of 6.1 has them. What only running shows is left out. */
const since6 = [
  // 6.0
  [settings, 'FORM_RENDERER = "django.forms.renderers.DjangoDivFormRenderer"\n', named(1)],
  [settings, 'a = 1\nFORMS_URLFIELD_ASSUME_HTTPS = True\n', 'a = 1\n'],
  [settings, 'FORMS_URLFIELD_ASSUME_HTTPS = False\n', named(1)],
  [
    settings,
    'USE_TZ = True\nINSTALLED_APPS = []\nDEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n',
    'USE_TZ = True\nINSTALLED_APPS = []\n',
  ],
  [settings, 'USE_TZ = True\nINSTALLED_APPS = []\n', named(2, 'changed-defaults')],
  [
    model,
    'class C(BaseConstraint):\n    def __init__(self, name):\n        super().__init__(name)\n',
    named(3, 'removed-uses'),
  ],
  [model, 'class C(BaseConstraint):\n    def __init__(self, name):\n        super().__init__(name=name)\n', ''],
  [
    'app/admin.py',
    'class A(admin.ModelAdmin):\n    def lookup_allowed(self, lookup, value):\n        return True\n',
    named(2, 'removed-uses'),
  ],
  [
    'app/admin.py',
    'class A(admin.ModelAdmin):\n    def lookup_allowed(self, lookup, value, request):\n        return True\n',
    '',
  ],
  [view, 'a.get_joining_columns()\nb.get_reverse_joining_columns()\n', `${named(1)}\n${named(2)}`],
  [view, 'a.get_prefetch_queryset(b)\n', named(1)],
  [view, 'from django import forms\na = forms.URLField()\n', named(2, 'removed-uses')],
  [view, 'from django import forms\na = forms.URLField(assume_scheme="https")\n', ''],
  [view, 'from django.utils.html import format_html\nformat_html("<b>")\n', named(2, 'removed-uses')],
  [view, 'from django.utils.html import format_html\nformat_html("{}", a)\nformat_html(*a)\n', ''],
  [view, 'import cx_Oracle\n', named(1)],
  [model, 'from django.db.models.enums import ChoicesMeta\n', named(1)],
  ['app/admin.py', 'class A(ModelAdmin):\n    def a(self):\n        self.log_deletion(b)\n', named(3)],
  [view, 'LogEntry.objects.log_action(a)\nself.log_action(a)\n', named(1, 'removed-uses')],
  [view, 'from django.utils.itercompat import is_iterable\n', named(1)],
  [view, 'g = GeoIP2()\ng.coords("a")\nmap.coords("a")\n', named(2, 'removed-uses')],
  [view, 'user.save(True, False)\nform.save(True)\nfile.save("a", b)\n', named(1, 'removed-uses')],
  [
    model,
    'from django.db.models import CheckConstraint\nCheckConstraint(check=a)\n',
    'from django.db.models import CheckConstraint\nCheckConstraint(condition=a)\n',
  ],
  [view, 'class S(FileSystemStorage):\n    OS_OPEN_FLAGS = 1\n', named(2, 'removed-uses')],
  [view, 'class M(EmailMessage):\n    mixed_subtype = "related"\n', named(2, 'removed-uses')],
  // 6.1
  [
    view,
    'from django.contrib.staticfiles import finders\nfinders.find("a", all=True)\n',
    'from django.contrib.staticfiles import finders\nfinders.find("a", find_all=True)\n',
  ],
  [view, 'from django.contrib.auth import login\nlogin(request, None)\nlogin(request, a)\n', named(2, 'removed-uses')],
  [
    view,
    'class M(RemoteUserMiddleware):\n    def process_request(self, request):\n        pass\n',
    named(2, 'removed-uses'),
  ],
  [
    view,
    'class M(RemoteUserMiddleware):\n    def process_request(self, request): ...\n    async def aprocess_request(self, request): ...\n',
    '',
  ],
  [view, 'class M(EmailMessage):\n    def get_connection(self, a): ...\n', named(2, 'removed-uses')],
  [
    view,
    'from django.core.mail import send_mail\nsend_mail(a, connection=b, auth_user=c)\nsend_mail(a, auth_user=c)\n',
    named(2, 'removed-uses'),
  ],
  [
    view,
    'from django.core.mail import EmailMessage\nEmailMessage(a, headers={"Bcc": b, "X": c})\n',
    named(2, 'removed-uses'),
  ],
] as const;

it.each(since6)('6.1: %s %s', async (path, before, after) => {
  expect((await outcome(path, before, '6.1')).replaceAll('recipe/django-upgrade/', '')).toBe(after);
});

it.each(since6.filter(([, , after]) => /^\d/.test(after)))('5.2 has it still: %s %s', async (path, before) => {
  expect(await outcome(path, before, '5.2')).toBe('');
});
