/** What each finding of `plan` and `apply` means in general. Those of a rehearsal have a list of their own. */
export const findingMeanings: Readonly<Record<string, string>> = {
  'data/in-the-way':
    'Rows that are there now break a uniqueness, NOT NULL, a check or a foreign key that the plan wants. The plan is good; the rows have to be mended before it can be carried to its end.',
  'data/not-looked':
    'The rows were not looked at when the plan was made, because the table is large or the look took too long.',
  'policy/application-not-back':
    'A rollback goes back over a gate, no deploy.revert brings the application back, and nobody has said that it is: the new version fails once what it uses is taken away.',
  'policy/early-word': 'The word for a gate was given before the run had come to it, and does not count.',
  'policy/no-backup': 'The target advises a backup in evidence, and none is named.',
  'policy/no-rehearsal': 'The target advises a fresh rehearsal of the plan, and there is none.',
};
