import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, endOf, partsOf } from '../../../python-source/nodes.ts';
import { lastToken } from '../../../python-source/statements.ts';
import { at, firstToken, replaceTokens } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { isClientCall } from './test-cases.ts';

const classes = ['AsyncClient', 'AsyncRequestFactory', 'Client', 'RequestFactory'];

/** `HTTP_ACCEPT="…"` of a test's client is `headers={"accept": "…"}`. */
export const testHeaders = djangoTransform({
  id: 'test-headers',
  why: 'Clients and request factories of tests take `headers` by their own names (Django 4.2).',
  since: '4.2',
  only: 'test',
  mentions: ['HTTP_'],
  find: (py) =>
    py.matching('call', 'HTTP_').flatMap((call) => {
      const use = importedName(py, call.field('function'), ['django.test']);
      const isOwn = use !== undefined && classes.includes(use.name);
      if (!isOwn && !isClientCall(call, 'client') && !isClientCall(call, 'async_client')) return [];
      const { keywords, all } = argumentsOf(call);
      const isHeader = ({ name }: { readonly name: string }): boolean => name.startsWith('HTTP_');
      if (!keywords.some(isHeader) || all.some((one) => one.is('dictionary_splat'))) return [];
      const headers = keywords.find(({ name }) => name === 'headers')?.value;
      if (headers !== undefined && !headers.is('dictionary')) return [];
      return [headersFix(py, call, headers)];
    }),
});

function headersFix(py: DjangoFile, call: SgNode, headers: SgNode | undefined): Fix {
  const { keywords } = argumentsOf(call);
  const old = keywords.filter(({ name }) => name.startsWith('HTTP_'));
  const entries = old.map(({ name, node }) => {
    const equals = node.children().find((child) => child.text() === '=');
    const value = py.text.slice(equals === undefined ? endOf(node) : endOf(equals), endOf(node));
    return `"${name.slice('HTTP_'.length).replaceAll('_', '-').toLowerCase()}": ${value}`;
  });
  const removals = old.map(({ node }, index) =>
    removal(py, node, headers !== undefined || index > 0 ? 'line' : 'argument'),
  );
  const [first] = removals;
  if (headers !== undefined) return [intoDictionary(py, headers, entries.join(', ')), ...removals];
  const from = keywords.findIndex(({ name }) => name.startsWith('HTTP_'));
  const hasMore = keywords.slice(from).some(({ name }) => !name.startsWith('HTTP_'));
  const text = `headers={${entries.join(', ')}}${hasMore ? ', ' : ''}`;
  return removals.map((edit) => (edit === first ? { ...edit, text } : edit));
}

/** Existing entries stand last and count, as `headers` counts before `HTTP_…`. */
function intoDictionary(py: DjangoFile, headers: SgNode, text: string) {
  const open = firstToken(py, headers);
  const isLine = at(py, open + 1).kind === 'nl';
  const comma = partsOf(headers).length === 0 ? '' : isLine ? ',' : ', ';
  return { offset: at(py, open).end, length: 0, text: `${text}${comma}` };
}

/** The edit that takes a keyword away with its comma; and where another one stays in its place, with its line. */
function removal(py: DjangoFile, node: SgNode, what: 'line' | 'argument') {
  let start = firstToken(py, node);
  let end = lastToken(py, node);
  const isIndented = at(py, start - 1).kind === 'space' && at(py, start - 2).kind === 'nl';
  if (what === 'line' && isIndented) start -= 1;
  if (at(py, end + 1).text === ',') end += 1;
  if (at(py, end + 1).kind === 'space' && at(py, end + 2).kind !== 'comment') end += 1;
  if (what === 'line') while (at(py, end + 1).kind === 'nl') end += 1;
  return replaceTokens(py, [start, end + 1]);
}
