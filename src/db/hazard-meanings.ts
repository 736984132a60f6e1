/** What each rule of a hazard means in general; the finding itself says it with the user's names. */
export const hazardMeanings: Readonly<Record<string, string>> = {
  'hazard/bulk-insert':
    'While a unique column is written under two names, a transaction takes one advisory lock for each value; a bulk load in one transaction may run out of them.',
  'hazard/cached-plan':
    'Open sessions keep the plans of a PL/pgSQL function with the type that a column had; only who owns the function can have it prepared anew.',
  'hazard/column-trigger':
    'A trigger that fires for UPDATE OF a column does not fire for statements that write it under its other name.',
  'hazard/disagreement':
    'A statement that writes both names of one column with different values is refused, because nobody can know which is meant.',
  'hazard/explicit-null':
    'Where a default is volatile, an explicit NULL cannot be told from a column that was left out: the default fills it.',
  'hazard/no-primary-key': 'A table without a key is walked block by block instead of by key.',
  'hazard/prepared-statement':
    'Prepared SELECT * and RETURNING * fail once (0A000) when the columns of a table change. Name the columns, or prepare again and repeat.',
  'hazard/text-functions': 'The text of a function mentions a name that goes away; the server does not rewrite it.',
  'hazard/user-triggers-fire':
    'The triggers of the application fire for every row of a backfill where the role may not quiet them, and of a data step as for the statement itself. What they write, an updated_at for example, is not taken back.',
  'hazard/watched-deletes':
    'While old values are kept for the way back, a trigger forgets those of rows that are deleted, since another row may come under the same key. It goes with rollback or purge.',
  'hazard/view-column-name': 'A view goes on showing a column under its old name.',
  'hazard/tightened':
    'After contract the server refuses rows that it took before. The version that writes such rows must be gone by then.',
  'hazard/conflict-target':
    "ON CONFLICT finds a unique index by its columns or by its constraint's name: without it the statement fails.",
  'hazard/key-dropped':
    'A published table without a primary key refuses UPDATE and DELETE unless it has another replica identity.',
  'hazard/unindexed-foreign-key':
    'Without an index that begins with the columns of a foreign key, every DELETE on the table that it refers to reads the whole referring table.',
  'hazard/view-for-table':
    'While a table is being renamed its new name is a view, which a few kinds of statements do not take: TRUNCATE, COPY, ON CONFLICT ON CONSTRAINT and others.',
  'hazard/publication-name': 'Subscribers of a publication know a table by its name, which a plan changes at contract.',
  'hazard/later-rows':
    'Rows that the application writes after a fill or a data step has passed them stay as they are written.',
  'hazard/rewrite':
    'The server writes the whole table anew while readers and writers wait; only small tables are treated so.',
  'hazard/column-position':
    'A replaced column becomes the last of its table: INSERT without a column list and code that counts columns break.',
  'hazard/column-position-back':
    'A column that was dropped or replaced comes back as the last of its table when the plan is taken back after contract.',
  'hazard/narrowing':
    'The new type takes values that the old one does not. The application may write them, but a rollback does not begin while there are any: it names the rows.',
  'hazard/unconvertible':
    'While a column changes its type, values that the new type does not take are refused, for the old version too.',
  'hazard/lossy':
    'Not every old value comes back from the new type; such values are kept in an undo table until the retention ends.',
  'hazard/without-value':
    'Rows written without a dropped column have no value when it comes back; it then stays without NOT NULL.',
  'hazard/publication': 'A subscriber that lacks a column which a plan adds stops with an error.',
};
