import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const exports = {};

let mailer;
exports.list = () => [];
exports.mail = () => { mailer = mailer || require('../mailer.cjs'); return mailer.send(exports.list()); };

export default exports;
