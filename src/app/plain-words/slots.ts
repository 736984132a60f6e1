/** What the user said in the slots of a form, by name; empty where a slot was left out. */
export type Slots = Readonly<Record<string, string>>;

const name = String.raw`(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const symbol = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const table = String.raw`(?:${name}\.)?${name}`;
const column = String.raw`(?:${name}\.)?${name}\.${name}`;
const list = String.raw`${name}(?:\s*,\s*${name}|\s*,?\s+and\s+${name})*`;
const typeNames = [
  'smallint|integer|int[248]?|bigint|serial|bigserial|numeric|decimal|real|double precision|float[48]?|money',
  'text|varchar|character varying|char|character|citext|bytea|boolean|bool|date|interval|uuid|jsonb?|xml|inet|cidr|macaddr|bit',
  String.raw`time(?:stamp)?(?:\s*\(\d\))?(?:\s+with(?:out)?\s+time\s+zone)?|timestamptz|timetz`,
];
const type = String.raw`(?:${typeNames.join('|')})(?:\s*\(\s*\d+(?:\s*,\s*\d+)?\s*\))?(?:\[\])?`;
const endings =
  '[cm]?[jt]sx?|json|css|scss|less|html?|vue|svelte|astro|mdx?|py|rb|go|rs|java|kt|php|cs|ya?ml|toml|svg|png|txt|sql|graphql|prisma|sh';
const path = String.raw`(?:"[^"]+"|[^\s"=]*[/*][^\s"=]*|[^\s"=]+\.(?:${endings}))`;

/** What may stand in each kind of slot, as the source of a regular expression without groups that capture. */
export const slotKinds = {
  /** A name in the database; in double quotes where it holds anything unusual. */
  name,
  /** A table, with its schema where that is not the usual one. */
  table,
  /** `table.column`, or `schema.table.column`. */
  column,
  /** Names, by commas or `and`. */
  names: list,
  /** `table(column, column)`, or `table.column`. */
  columns: String.raw`(?:${table}\s*\(\s*${list}\s*\)|${column})`,
  /** A type that PostgreSQL has. */
  type,
  /** Anything. */
  text: '.+?',
  /** A file, a folder or a pattern. */
  path,
  /** A package, as npm or PyPI names it. */
  package: String.raw`@?[A-Za-z][\w./-]*`,
  version: String.raw`v?\d+(?:\.\d+){0,2}`,
  /** A function, class, variable or type in code, or a member of one. */
  symbol: String.raw`${symbol}(?:\.[\p{L}_$#][\p{L}\p{N}_$]*)?`,
  symbols: String.raw`${symbol}(?:\s*,\s*${symbol}|\s*,?\s+and\s+${symbol})*`,
  /** A technology: a word or two. */
  tool: String.raw`[A-Za-z][\w.+-]*(?: [A-Za-z][\w.+-]*){0,2}`,
  /** `package@version`. */
  wish: String.raw`@?[A-Za-z][\w./-]*@v?\d+(?:\.\d+){0,2}`,
  /** `file#symbol`. */
  place: String.raw`[^\s#=]+#[\w$.]+`,
  word: String.raw`(?:'[^']*'|\S+)`,
  required: 'not null|required|mandatory',
  unique: 'unique',
  /** What is done with a plan. */
  deed: 'rehearse|try out|apply|carry out|run|execute|undo|revert|roll back|rollback|take back|verify|check|pause|stop|resume|continue|report on',
} as const;

/** Names by commas or `and`, one by one. Pure. */
export function namesIn(text: string): readonly string[] {
  return text.split(/\s*,?\s+and\s+|\s*,\s*/).map((one) => one.trim());
}

/** Without double quotes around it. Pure. */
export function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}
