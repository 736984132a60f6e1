import type { Action } from '#core/plan';
import type { PlanContext } from '../../operation.ts';
import { type Column, plainName, type QualifiedName, type Sequence, type Table } from '../../schema.ts';
import { checkAction } from '../steps.ts';
import type { Retype } from './retype.ts';

/** The bounds that a sequence of this type has when none are given. */
const highest: Readonly<Record<string, bigint>> = {
  smallint: 32_767n,
  integer: 2_147_483_647n,
  bigint: 9_223_372_036_854_775_807n,
};

/** The options of a sequence for a column of another type: bounds that its own type set become those of the other one. */
export function optionsAs({ definition, type }: Sequence, other: string): string {
  const [old, now] = [highest[type], highest[other]];
  if (old === undefined || now === undefined) return definition;
  return definition
    .replace(`MAXVALUE ${old} `, `MAXVALUE ${now} `)
    .replace(`MINVALUE ${-old - 1n} `, `MINVALUE ${-now - 1n} `);
}

/** True where the options of an identity's sequence are within a type, or the type has no sequences at all. */
export function takesOptions(sequence: Sequence, type: string): boolean {
  const most = highest[type];
  if (most === undefined) return true;
  const bounds = /\b(?:MIN|MAX)VALUE (-?\d+)/g;
  const values = [...optionsAs(sequence, type).matchAll(bounds)].map(([, value]) => BigInt(value ?? 0));
  return values.every((value) => value <= most && value >= -most - 1n);
}

/** An identity that goes over from one column of a table to another. */
export type MovingIdentity = {
  readonly table: Table;
  readonly sequence: Sequence;
  /** Name of the old sequence, for the moment in which both are there. */
  readonly aside: string;
  readonly from: string;
  readonly to: Pick<Column, 'name' | 'type'>;
  readonly kind: 'always' | 'by default';
};

/**
 * The server has no way to hand an identity's sequence over, so another one takes its name, and goes on where it stood,
 * with its options, grants and comment. The old one is renamed first: from then on nobody takes a value from it.
 */
export function moveIdentity(moving: MovingIdentity, { spelling }: PlanContext): readonly string[] {
  const { table, sequence, from, to, kind } = moving;
  const name = sequenceOf(table, sequence);
  const aside = { schema: table.schema, name: moving.aside };
  const { comment, grants = [] } = sequence;
  return [
    spelling.renameSequence(name, aside.name),
    spelling.addIdentity(table, to.name, kind, { name, options: optionsAs(sequence, to.type) }),
    spelling.continueSequence(name, aside),
    spelling.dropIdentity(table, from),
    ...spelling.sequenceGrants(name, grants),
    ...(comment === undefined ? [] : [spelling.commentOnSequence(name, comment)]),
  ];
}

/**
 * The sequence of a serial goes on beyond what the old type took. The server leaves it as it is when a column changes its
 * type, so that a bigint would still end at 2147483647. Concurrent nextval waits for the transaction, no longer.
 */
export function widenSequence(retype: Retype, table: Table, { spelling }: PlanContext): readonly string[] {
  const widened = widenedOf(retype);
  return widened === undefined ? [] : [spelling.setSequenceType(sequenceOf(table, widened), retype.to.type)];
}

export function narrowSequence(retype: Retype, table: Table, { spelling }: PlanContext): readonly string[] {
  const widened = widenedOf(retype);
  return widened === undefined ? [] : [spelling.setSequenceType(sequenceOf(table, widened), retype.from.type)];
}

/** Whether the sequence of a wider serial or identity stands where the old type can go on from. */
export function sequenceFits(retype: Retype, table: Table, { spelling }: PlanContext): readonly Action[] {
  const { from, to, identity } = retype;
  const sequence = widenedOf(retype) ?? (isWider(to.type, from.type) ? identity?.sequence : undefined);
  const most = highest[from.type];
  if (sequence === undefined || most === undefined) return [];
  const name = sequenceOf(table, sequence);
  const said = `the sequence ${plainName(name)} stands where ${from.type} does not reach`;
  const within = { least: String(-most - 1n), most: String(most) };
  return [
    checkAction(
      spelling.sequenceIsWithin(name, within, said),
      `Set it to the highest value of ${to.name} that ${plainName(table)} holds, with setval`,
    ),
  ];
}

function widenedOf({ from, to, sequence }: Retype): Sequence | undefined {
  return sequence !== undefined && sequence.type === from.type && isWider(to.type, from.type) ? sequence : undefined;
}

function isWider(type: string, than: string): boolean {
  const [most, other] = [highest[type], highest[than]];
  return most !== undefined && other !== undefined && most > other;
}

/** A sequence stands in the schema of the table that owns it (the server sees to that), wherever the plan moves it. */
function sequenceOf({ schema }: Table, { name }: Sequence): QualifiedName {
  return { schema, name };
}
