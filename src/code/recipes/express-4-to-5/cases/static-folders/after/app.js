const path = require('path');
const express = require('express');

const settings = require('./settings');
const site = path.join(__dirname, 'site');
const app = express();

// Nothing lies there that Express 5 would keep back.
app.use(express.static('public'));
app.use('/again', express.static(path.join(__dirname, 'public'), { maxAge: '1d' }));
app.use('/more', express.static(`${__dirname}/public`));
app.use('/cwd', express.static(path.resolve(process.cwd(), 'public')));

// The tree has a folder there that begins with a dot.
app.use(express.static(site, { dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }));

// Made by a build, perhaps: as Express 4 did.
app.use(express.static(__dirname + '/build', { dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }));

// Anybody's guess.
app.use(express.static(settings.folder));
app.use(express.static('/srv/files'));

module.exports = app;
