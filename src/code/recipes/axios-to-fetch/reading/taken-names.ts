import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, specifiersOf } from '../../../engine/bindings.ts';

/** What a file takes from axios: the client, a function, its class of errors, or a type. */
export type TakenName = { readonly binding: Binding; readonly role: Role };
type Role = 'client' | 'function' | 'errors' | 'type';

/** What the client that is written calls each of them. */
const written: Readonly<Record<string, { readonly role: Role; readonly name: string }>> = {
  default: { role: 'client', name: 'http' },
  '*': { role: 'client', name: 'http' },
  isAxiosError: { role: 'function', name: 'isAxiosError' },
  AxiosError: { role: 'errors', name: 'HttpError' },
  AxiosResponse: { role: 'type', name: 'HttpResponse' },
  AxiosRequestConfig: { role: 'type', name: 'HttpRequestConfig' },
  AxiosInstance: { role: 'type', name: 'HttpClient' },
  AxiosPromise: { role: 'type', name: 'HttpPromise' },
  AxiosBasicCredentials: { role: 'type', name: 'HttpCredentials' },
  RawAxiosRequestHeaders: { role: 'type', name: 'HttpHeaders' },
};

/** Every string by which a file names axios or a part of it. Pure. */
export function axiosSpecifiers(root: SgNode): readonly SgNode[] {
  return specifiersOf(root, (one) => one === 'axios' || one.startsWith('axios/'));
}

/** The names that a file takes from axios, or the place of something that is not read. Pure. */
export function takenNames(root: SgNode): readonly TakenName[] | { readonly left: SgNode } {
  const bindings = bindingsOf(root, (one) => one === 'axios');
  const taken: TakenName[] = [];
  for (const specifier of axiosSpecifiers(root)) {
    const own = bindings.filter((one) => one.specifier.id() === specifier.id());
    if (own.length === 0 || own.length !== namesIn(own)) return { left: specifier };
    for (const binding of own) {
      const role = written[binding.imported]?.role;
      if (role === undefined || !isRead(binding)) return { left: specifier };
      taken.push({ binding, role });
    }
  }
  return taken;
}

/** The name under which the client gives what a binding took from axios. */
export function nameWritten({ imported }: Binding): string {
  return written[imported]?.name ?? imported;
}

/** How many names a pattern or clause holds, so that none of them goes unread. */
function namesIn([first]: readonly Binding[]): number {
  const pattern = first?.statement.is('variable_declarator') === true ? first.statement.field('name') : undefined;
  if (pattern?.is('object_pattern') === true) return pattern.namedChildren().filter((one) => !one.is('comment')).length;
  const clause = first?.statement.children().find((child) => child.is('import_clause'));
  const parts = clause?.namedChildren() ?? [];
  return clause === undefined
    ? 1
    : parts.flatMap((one) => (one.is('named_imports') ? one.namedChildren() : [one])).length;
}

/** An import, or `const … = require('axios')` with or without `.default`, alone in its declaration at the top of the file. */
function isRead(binding: Binding): boolean {
  const { form, imported, statement, node } = binding;
  if (form === 'import') return imported !== '*' && statement.parent()?.is('program') === true;
  const declaration = statement.parent();
  const value = statement.field('value');
  const isPlain = value?.is('call_expression') === true || value?.is('member_expression') === true;
  const isDefaulted = node.parent()?.is('object_assignment_pattern') === true;
  return (
    form === 'require' &&
    statement.is('variable_declarator') &&
    isPlain &&
    !isDefaulted &&
    declaration?.namedChildren().length === 1 &&
    declaration.text().startsWith('const') &&
    declaration.parent()?.is('program') === true
  );
}
