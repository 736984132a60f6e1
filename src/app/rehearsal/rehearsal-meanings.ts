/** What each finding of a rehearsal means in general. */
export const rehearsalMeanings: Readonly<Record<string, string>> = {
  'rehearsal/copy-differs':
    'The copy on the rehearsal server is not in every point like the original: another major prints or does something differently, or a part could not be recreated.',
  'rehearsal/edits-needed':
    'The rehearsal of an upgrade came to a gate that holds only after a person has edited the tree.',
  'rehearsal/exception': 'The plan said on its way that something could not be restored or is not as planned.',
  'rehearsal/extension-missing': 'An extension of the database is not there on the rehearsal server.',
  'rehearsal/failed': 'The plan stopped on the copy: it would stop on the original too, if its rows are alike.',
  'rehearsal/fewer-rows': 'The constraints of a table leave room for fewer made-up rows than were asked for.',
  'rehearsal/foreign-table': 'A foreign table is left out, because its server cannot be reached from a rehearsal.',
  'rehearsal/irreversible':
    'The way back was rehearsed only up to the first step that says of itself that it cannot be taken back.',
  'rehearsal/lock': 'A step took a lock that keeps readers or writers out, and that its plan does not claim.',
  'rehearsal/lock-not-copied':
    'A lock file that git does not track is not in the rehearsal, which may have installed other versions.',
  'rehearsal/no-rows': 'No rows could be made up for a table, so the plan was rehearsed with an empty one.',
  'rehearsal/not-copied': 'A file that git does not hold, and that the configuration names, is not in the rehearsal.',
  'rehearsal/not-recreated': 'A part of the schema could not be recreated on the rehearsal server.',
  'rehearsal/not-restored': 'Schema or rows after the way back are not what they were before.',
  'rehearsal/nothing-to-copy': 'The configuration names files for the rehearsal of an upgrade that are not there.',
  'rehearsal/only-empty': 'The plan holds while a table is empty, as it is now, and stops when there are rows.',
  'rehearsal/other-major': 'The rehearsal ran on another major version than the one of the database.',
  'rehearsal/rewrite': 'A step wrote a whole table anew, which its plan does not say.',
  'rehearsal/scan-under-lock':
    'A step read a whole table while it held a lock that keeps writers out; that takes longer the more rows there are.',
  'rehearsal/triggers-fire':
    'Before PostgreSQL 15 only a superuser may keep triggers quiet. A rehearsal is never one, so that they fire there.',
  'rehearsal/submodule-empty': 'A submodule has no contents in the worktree in which an upgrade is rehearsed.',
};
