import type { Guard } from '#core/domain';
import type { NamePlaces } from '#core/named-change';
import type { Check } from '#core/report';
import type { StatedEdit } from './edit.ts';
import type { LiveFacts } from './lint/live-facts.ts';
import type { PlaceRequest } from './place-request.ts';
import type { QualifiedName, Snapshot, UserFunction } from './schema.ts';
import type { Connect, Session } from './session.ts';
import type { Spelling } from './spelling.ts';

/** What a server can do: asked instead of its name. */
export type Capabilities = {
  readonly transactionalDdl: boolean;
  readonly concurrentIndex: boolean;
  readonly notValidConstraint: boolean;
  readonly virtualGeneratedColumn: boolean;
};

/** What the role may do and see on this server. */
export type Rights = {
  readonly role: string;
  readonly isSuperuser: boolean;
  /** May set session_replication_role, so that the user's triggers stay quiet during a backfill. */
  readonly mayQuietTriggers: boolean;
  /** May create, or already has, a place for the schema godwit. */
  readonly hasJournalPlace: boolean;
  readonly seesOtherSessions: boolean;
  readonly seesReplication: boolean;
  readonly hasStatementStatistics: boolean;
  /** Tables of the snapshot (plain names) that the role does not own. */
  readonly notOwned: readonly string[];
  /** Functions of the snapshot, likewise. */
  readonly notOwnedFunctions?: readonly string[];
};

/** A table, or a column of it, that a statement names. A name without a schema is found along the search path. */
export type Use = { readonly schema: string | undefined; readonly table: string; readonly column: string | undefined };

/** What reading an intent may know of the place that it is for. */
export type IntentOptions = {
  readonly up?: string;
  readonly down?: string;
  readonly searchPath: readonly string[];
  /** Is a relation or constraint of this name there already? Automatic names then go on counting as the server does. */
  readonly isTaken?: (name: QualifiedName) => boolean;
  /** Volatility of the user's functions, by `schema.name` and by name, for defaults. */
  readonly functionVolatility?: ReadonlyMap<string, UserFunction['volatility']>;
  /** The server's version; what is newer is then refused. */
  readonly serverVersion?: number;
};

/** A kind of database. Drivers have the same drawers in each folder. */
export interface Driver {
  readonly name: string;
  /** URL schemes it answers to, e.g. `postgres`. */
  readonly schemes: readonly string[];
  can(version: number): Capabilities;
  /** `as: 'reader'`: what is refused there names what a user for reading has to be granted. */
  connect(url: string, options?: { readonly as: 'reader' }): Connect;
  inspect(session: Session): Promise<Snapshot>;
  /** Of the session's own role, or of the named one, as far as another may know that. */
  rights(session: Session, snapshot: Snapshot, role?: string): Promise<Rights>;
  /** Schemas in which a new session of this role, or of the named one, looks names up, first to last. */
  searchPath(session: Session, role?: string): Promise<readonly string[]>;
  /** `runner` is the role that runs change the database as, where the session is that of a user for reading. */
  doctor(session: Session, runner?: string): Promise<readonly Check[]>;
  /** Fingerprint of the named objects and what depends on them, or of the whole schema. */
  fingerprint(snapshot: Snapshot, objects?: readonly string[]): string;
  /** Reads an intent in SQL. Throws sql-syntax with line and caret, or not-built by the statement's name. */
  readIntent(text: string, options: IntentOptions): Promise<readonly StatedEdit[]>;
  readonly spelling: Spelling;
  /** Statements that recreate the schema on an empty server, in order. */
  recreate(snapshot: Snapshot): readonly string[];
  /** Statistics of the running server, for rules that want them. */
  liveFacts(session: Session): Promise<LiveFacts>;
  guards(connect: Connect): readonly Guard[];
  /** What a statement of the application names, e.g. one of pg_stat_statements; undefined where it cannot be parsed. */
  usesOf(statement: string): Promise<readonly Use[] | undefined>;
  /** The places of a text that use what changes, resolved as the server would, with the edit for each. */
  namePlaces(text: string, request: PlaceRequest): Promise<NamePlaces>;
}
