let mailer;
exports.list = () => [];
exports.mail = () => { mailer = mailer || require('../mailer'); return mailer.send(exports.list()); };
