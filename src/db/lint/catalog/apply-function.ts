import type { CreateFunctionStmt } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Catalog } from './catalog.ts';

/** CREATE FUNCTION: its volatility and its body, for when it is called. */
export function applyFunction(stmt: CreateFunctionStmt, catalog: Catalog): void {
  const names = stringsOf(stmt.funcname);
  const name = names.at(-1) ?? '';
  const { language, volatility, body } = readFunction(stmt);
  for (const known of [name, names.join('.')]) {
    catalog.functions.set(known, volatility);
    if (body !== undefined) catalog.bodies.set(known, { language, text: body, statement: name, create: stmt });
  }
}

/** Language, volatility and body of a CREATE FUNCTION, as its options say them. */
export function readFunction({ options }: CreateFunctionStmt): {
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly body: string | undefined;
  readonly isDefiner: boolean;
  /** Settings that it brings, e.g. `search_path`. */
  readonly settings: readonly string[];
} {
  const said = (options ?? []).flatMap((option) => ('DefElem' in option ? [option.DefElem] : []));
  const text = (name: string): string | undefined => {
    const arg = said.find(({ defname }) => defname === name)?.arg;
    return arg !== undefined && 'String' in arg ? arg.String.sval : undefined;
  };
  const body = said.find(({ defname }) => defname === 'as')?.arg;
  const security = said.find(({ defname }) => defname === 'security')?.arg;
  const volatility = text('volatility');
  return {
    language: text('language') ?? 'sql',
    volatility: volatility === 'immutable' || volatility === 'stable' ? volatility : 'volatile',
    body: body !== undefined && 'List' in body ? stringsOf(body.List.items)[0] : undefined,
    isDefiner: security !== undefined && 'Boolean' in security && security.Boolean.boolval === true,
    settings: said.flatMap(({ defname, arg }) =>
      defname === 'set' && arg !== undefined && 'VariableSetStmt' in arg ? [arg.VariableSetStmt.name ?? ''] : [],
    ),
  };
}
