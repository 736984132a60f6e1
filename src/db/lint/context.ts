import type { RangeVar } from 'libpg-query';
import { type Catalog, isBornNow, type Relation, relationOf } from './catalog/catalog.ts';
import type { LiveFacts } from './live-facts.ts';
import type { Unit } from './unit.ts';

/** What a rule may ask. */
export type LintContext = {
  /** As it is before the unit. */
  readonly catalog: Catalog;
  /** Majors that the migration may meet: one where the server is known, else all that are supported. */
  readonly majors: { readonly from: number; readonly to: number };
  readonly file: {
    readonly path: string;
    /** Paths of the files that run before it. */
    readonly earlier: readonly string[];
    /** All units of this file that were read so far, without the one in question. */
    readonly units: readonly Unit[];
    /** The tool whose folder it is. */
    readonly tool: string;
    readonly text: string;
  };
  /** Settings in force by `SET` in this file: `lock_timeout` as it is written. */
  readonly settings: ReadonlyMap<string, string>;
  readonly options: LintOptions;
  /** Statistics of the running server. */
  readonly live: LiveFacts | undefined;
};

/** What the configuration says of rules. */
export type LintOptions = {
  /** Patterns of names by kind of object, for `hy/naming`. */
  readonly naming?: Readonly<Record<string, string>>;
  /** Folders whose migrations alone may change a schema or a table, by pattern of it, for `hy/ownership`. */
  readonly ownership?: Readonly<Record<string, string>>;
  /** Columns that every new table must have, types that are not wanted, for `hy/policy-columns`. */
  readonly policy?: {
    readonly requiredColumns?: readonly string[];
    readonly forbiddenTypes?: readonly string[];
    readonly requireComment?: boolean;
  };
};

/** Could the migration meet a server of this major? */
export function mayMeet(
  { majors }: Pick<LintContext, 'majors'>,
  range: { readonly from?: number; readonly until?: number },
): boolean {
  return majors.to >= (range.from ?? 0) && majors.from <= (range.until ?? 99);
}

/** Is it a relation that these migrations make, so that nobody uses it yet? Temporary tables are their session's own. */
export function isNew({ catalog }: Pick<LintContext, 'catalog'>, name: RangeVar | Relation | undefined): boolean {
  const relation = name !== undefined && 'relname' in name ? relationOf(catalog, name) : asRelation(name);
  return relation?.persistence === 'temporary' || isBornNow(catalog, relation);
}

function asRelation(name: RangeVar | Relation | undefined): Relation | undefined {
  return name !== undefined && 'columns' in name ? name : undefined;
}

/** The units of the same transaction before this one. */
export function earlierInTransaction(unit: Unit, { file }: Pick<LintContext, 'file'>): readonly Unit[] {
  return file.units.filter(({ statement }) => statement.transaction === unit.statement.transaction);
}
