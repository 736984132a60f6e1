// Run by `npm run report`; see also scripts/lines.cjs.
const { readFileSync } = require('node:fs');
const { lineOf } = require('./lines.cjs');

const data = require.resolve('../packages/geo/src/data/countries.json');
for (const country of JSON.parse(readFileSync(data, 'utf8'))) console.log(lineOf(country));
