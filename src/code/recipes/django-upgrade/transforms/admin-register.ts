import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, isAttribute, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { blockOf, linesBefore, statementOf, withoutStatement } from '../../../python-source/statements.ts';
import { definitionsIn } from '../reading/definitions.ts';
import { type DjangoFile, fileKinds } from '../reading/django-file.ts';
import { hasAdmin } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

type Registration = { readonly statement: SgNode; readonly site: string; readonly models: readonly string[] };

/** `admin.site.register(Book, BookAdmin)` is `@admin.register(Book)` above `BookAdmin`. */
export const adminRegister = djangoTransform({
  id: 'admin-register',
  why: '`@admin.register` says which models a class is for where the class begins (Django 1.7).',
  since: '1.7',
  mentions: ['register'],
  find(py) {
    const classes = py.all('class_definition').filter((one) => hasAdmin(py, startOf(one)) && !hasFullSuper(one));
    const byClass = new Map<SgNode, Registration[]>();
    for (const call of py.callsOf('register')) {
      const found = registrationOf(py, call, classes);
      if (found !== undefined) byClass.set(found.own, [...(byClass.get(found.own) ?? []), found.registration]);
    }
    return [...byClass].map(([own, registrations]) => decorated(py, own, registrations));
  },
});

/** `super(BookAdmin, self)` in a constructor needs the name, which a decorator binds only afterwards. */
function hasFullSuper(own: SgNode): boolean {
  return own.findAll({ rule: { kind: 'call', has: { field: 'function', regex: '^super$' } } }).some((call) => {
    const scopes = call.ancestors().filter((one) => one.is('function_definition') || one.is('class_definition'));
    const isWithin = scopes.findIndex((one) => one.id() === own.id());
    const outer = scopes[isWithin - 1];
    const isConstructor = ['__init__', '__new__'].includes(outer?.field('name')?.text() ?? '');
    return isConstructor && argumentsOf(call).positional.length === 2;
  });
}

function registrationOf(
  py: DjangoFile,
  call: SgNode,
  classes: readonly SgNode[],
): { readonly own: SgNode; readonly registration: Registration } | undefined {
  const statement = statementOf(call);
  const site = siteOf(py, call);
  if (!statement.is('expression_statement') || site === undefined || !hasAdmin(py, startOf(call))) return undefined;
  const { positional, keywords, hasStar } = argumentsOf(call);
  const keyword = keywords[0]?.name === 'admin_class' && keywords.length === 1 ? keywords[0].value : undefined;
  const second = keywords.length === 0 ? positional[1] : keyword;
  const name = nameOf(second);
  const models = modelsOf(positional[0]);
  if (hasStar || positional.length + keywords.length !== 2 || name === undefined || models === undefined)
    return undefined;
  const named = classes.filter((one) => one.field('name')?.text() === name);
  const [own] = named;
  if (own === undefined || named.length > 1 || startOf(own) > startOf(call)) return undefined;
  if (blockOf(own)?.id() !== blockOf(statement)?.id() || (site !== '' && !name.endsWith('Admin'))) return undefined;
  const defined = definitionsIn(py.root);
  const isSiteLater = site !== '' && (defined.get(site) ?? Number.POSITIVE_INFINITY) > startOf(own);
  const isModelLater = models.some((model) => (defined.get(model) ?? -1) > startOf(own));
  if (isSiteLater || isModelLater || isUnregistered(py, { site, models, before: startOf(call) })) return undefined;
  return { own, registration: { statement, site, models } };
}

/** The site of a call: empty for Django's own, `undefined` where it is none. */
function siteOf(py: DjangoFile, call: SgNode): string | undefined {
  const object = call.field('function')?.is('attribute') === true ? call.field('function')?.field('object') : undefined;
  if (isAttribute(object, ['admin'], ['site'])) return '';
  const name = nameOf(object);
  return fileKinds.admin.test(py.settings.path) && name?.endsWith('site') === true ? name : undefined;
}

function modelsOf(node: SgNode | undefined): readonly string[] | undefined {
  const inner = bare(node);
  const parts = inner?.is('tuple') === true || inner?.is('list') === true ? partsOf(inner) : [inner];
  const names = parts.flatMap((part) => nameOf(part) ?? []);
  return names.length === 0 || names.length !== parts.length ? undefined : names;
}

type Wanted = { readonly site: string; readonly models: readonly string[]; readonly before: number };

/** Whether a model may have been taken off the site before, so that the order matters. */
function isUnregistered(py: DjangoFile, { site, models, before }: Wanted): boolean {
  return py.callsOf('unregister').some((call) => {
    const isBefore = startOf(call) < before && statementOf(call).is('expression_statement');
    if (!isBefore || siteOf(py, call) !== site) return false;
    const { positional, keywords } = argumentsOf(call);
    const gone = positional.length === 1 && keywords.length === 0 ? modelsOf(positional[0]) : undefined;
    return gone === undefined || gone.some((model) => models.includes(model));
  });
}

function decorated(py: DjangoFile, own: SgNode, registrations: readonly Registration[]): Fix {
  const parent = own.parent();
  const whole = parent?.is('decorated_definition') === true ? parent : own;
  const sites = [...new Set(registrations.map(({ site }) => site))].sort();
  const lines = sites.map((site) => {
    const models = registrations.filter((one) => one.site === site).flatMap((one) => one.models);
    const names = [...new Set(models)].sort().join(', ');
    return `@admin.register(${names}${site === '' ? '' : `, site=${site}`})`;
  });
  return [linesBefore(py, whole, lines), ...registrations.flatMap(({ statement }) => withoutStatement(py, statement))];
}
