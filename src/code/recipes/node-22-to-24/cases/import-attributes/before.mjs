import settings from './settings.json' assert { type: 'json' };

const text = "import a from 'b' assert { type: 'json' }";
const more = await import('./more.json', { assert: { type: 'json' } });
export { settings, more, text };
