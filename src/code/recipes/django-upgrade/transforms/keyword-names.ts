import { replaceWhole } from '../../../python-source/calls.ts';
import { argumentsOf } from '../../../python-source/nodes.ts';
import type { FileTransform } from '../../../recipe.ts';
import { importedName, nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

type Keyword = {
  readonly id: string;
  readonly why: string;
  readonly since: string;
  readonly callables: readonly string[];
  /** Modules from which a name is imported. */
  readonly modules: readonly string[];
  /** Modules in which it is named, where other ones. */
  readonly holders?: readonly string[];
  readonly from: string;
  readonly to: string;
};

/** A keyword of a call by its new name; a call that has both is left. */
function keyword({ callables, modules, holders = modules, from, to, ...work }: Keyword): FileTransform {
  return djangoTransform({
    ...work,
    mentions: callables,
    find: (py) =>
      py.callsOf(...callables).flatMap((call) => {
        const callee = call.field('function');
        const use = importedName(py, callee, modules) ?? nameInModule(py, callee, holders);
        if (use === undefined || !callables.includes(use.name)) return [];
        const { keywords } = argumentsOf(call);
        const name = keywords.find((one) => one.name === from)?.node.field('name');
        return name == null || keywords.some((one) => one.name === to) ? [] : [[replaceWhole(name, to)]];
      }),
  });
}

export const checkConstraint = keyword({
  id: 'check-constraint',
  why: 'Django 5.1 calls what a `CheckConstraint` holds its `condition`; 6.0 no longer takes `check`.',
  since: '5.1',
  callables: ['CheckConstraint'],
  modules: ['django.db.models', 'django.contrib.gis.db.models'],
  from: 'check',
  to: 'condition',
});

export const emailAllowlist = keyword({
  id: 'email-allowlist',
  why: 'Django 3.2 calls it `allowlist`; 4.1 no longer takes `whitelist`.',
  since: '3.2',
  callables: ['EmailValidator'],
  modules: ['django.core.validators'],
  from: 'whitelist',
  to: 'allowlist',
});

export const aggregateOrder = keyword({
  id: 'aggregate-order',
  why: 'Aggregates of PostgreSQL take `order_by` since Django 5.2; 6.1 no longer takes `ordering`.',
  since: '5.2',
  callables: ['ArrayAgg', 'JSONBAgg', 'StringAgg'],
  modules: ['django.contrib.postgres.aggregates', 'django.contrib.postgres.aggregates.general'],
  from: 'ordering',
  to: 'order_by',
});

export const findAll = keyword({
  id: 'find-all',
  why: 'Django 5.2 calls it `find_all`, which hides no built-in; 6.1 no longer takes `all`.',
  since: '5.2',
  callables: ['find'],
  modules: ['django.contrib.staticfiles'],
  holders: ['django.contrib.staticfiles.finders'],
  from: 'all',
  to: 'find_all',
});
