import settings from './settings.json' with { type: 'json' };

const text = "import a from 'b' assert { type: 'json' }";
const more = await import('./more.json', { with: { type: 'json' } });
export { settings, more, text };
