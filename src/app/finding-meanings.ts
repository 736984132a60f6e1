/** What each finding of `plan`, `apply` and `lint` means in general, rules of SQL apart. Those of a rehearsal have a list of their own. */
export const findingMeanings: Readonly<Record<string, string>> = {
  'code/use':
    'The code uses something that the plan changes although no deployment has to wait for it: look whether it takes the change.',
  'data/in-the-way':
    'Rows that are there now break a uniqueness, NOT NULL, a check or a foreign key that the plan wants. The plan is good; the rows have to be mended before it can be carried to its end.',
  'data/not-looked':
    'The rows were not looked at when the plan was made, because the table is large or the look took too long.',
  'lint/encoding':
    'A file of SQL is UTF-16, as some editors and shells of Windows write it. It was judged, but psql and the server take UTF-8 and stop at its first character: save it as UTF-8.',
  'lint/history':
    'A history of migrations is not as its tool wants it: a script that its plan names is missing, or a file is in no plan. What it is about is not judged.',
  'lint/not-read':
    'A file or folder was not read, so that nothing is said of it: it is binary, too large, not allowed, or a plan that is none. Name it by itself, or mend what the message says.',
  'lint/not-sql':
    'Migrations in another language than SQL, or a plan without SQL: only SQL is linted. Let the tool print the SQL of its migrations, and lint that.',
  'lint/other-database':
    'By its name or settings it is SQL for another database than PostgreSQL, and was not read. If it is that all the same, name the file itself.',
  'lint/plan-edited':
    'A plan.json has another hash than it says, because it was changed after it was made. Nothing applies such a plan: take the file back, or make a new plan.',
  'lint/plan-refused':
    'A migration that a pull request adds, or an intent, cannot be made a plan that keeps the system in service: it holds something that is not built, does not fit the schema, or cannot be done safely. It says what and where. Whether that fails the check is for --plan to say.',
  'move/left-behind': 'Files that git does not track stay where a folder was.',
  'policy/application-not-back':
    'A rollback goes back over a gate, no deploy.revert brings the application back, and nobody has said that it is: the new version fails once what it uses is taken away.',
  'policy/early-word': 'The word for a gate was given before the run had come to it, and does not count.',
  'policy/no-backup': 'The target advises a backup in evidence, and none is named.',
  'policy/no-rehearsal': 'The target advises a fresh rehearsal of the plan, and there is none.',
};
