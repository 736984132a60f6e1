import { expect, it } from 'vitest';
import { cite, evidenceIndex, isChangeDocument, spellCitation } from './evidence.ts';

const changelog = `# Changelog

## [3.0.0] - 2025
- Removed \`Thing.oldName()\`, use \`newName\`.
- Something else about oldName

2.1.0 / 2024-01-01
==================
* oldName is deprecated
* use the other option

# v1.0.0
- oldName added
`;

function cited(symbol: string, versions = { from: '1.5.0', to: '3.0.0' }): readonly string[] {
  return cite(evidenceIndex([{ path: 'CHANGELOG.md', text: changelog }], versions), symbol, 5).map(spellCitation);
}

it('cites the lines of versions in between, those that tell of a break first', () => {
  expect(cited('Thing.oldName')).toEqual([
    'CHANGELOG.md:4: Removed `Thing.oldName()`, use `newName`.',
    'CHANGELOG.md:9: oldName is deprecated',
    'CHANGELOG.md:5: Something else about oldName',
  ]);
  expect(cited('oldName', { from: '2.1.0', to: '2.9.0' })).toEqual([]);
});

it('takes a word of English only as code', () => {
  expect(cited('option')).toEqual([]);
  expect(cited('Thing')).toHaveLength(1);
});

it('reads guides whole', () => {
  const index = evidenceIndex([{ path: 'docs/MIGRATION.md', text: 'Write `fresh` for `staleName`.' }], {
    from: '1.0.0',
    to: '2.0.0',
  });
  expect(cite(index, 'staleName', 1).map(spellCitation)).toEqual([
    'docs/MIGRATION.md:1: Write `fresh` for `staleName`.',
  ]);
});

it.each([
  ['CHANGELOG.md', true],
  ['History.md', true],
  ['docs/upgrading-to-v5.md', true],
  ['MIGRATION', true],
  ['README.md', false],
  ['lib/history.js', false],
])('%s is a document of changes: %s', (path, expected) => {
  expect(isChangeDocument(path)).toBe(expected);
});
