const express = require('express');
const path = require('path');
const app = express();
const page = path.join(__dirname, 'views', 'page.html');

app.get('/a', (req, res) => res.sendFile('/srv/pages/index.html', { dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }));
app.get('/b', (req, res) => res.sendFile('pages/index.html', { dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }));
app.get('/c', (req, res, next) => res.sendFile(page, { dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }, next));
app.get('/d', (req, res) => res.sendFile('b.txt', { root: __dirname, maxAge: 60, dotfiles: 'allow' /* Express 5: preserve v4 behavior */ }));
app.get('/e', (req, res) => res.sendFile(path.join(__dirname, req.params.name)));
app.get('/f', (req, res) => res.sendFile(`${__dirname}/${req.params.id}.html`));
app.get('/g', (req, res) => res.sendFile(req.file, { dotfiles: 'ignore' }));
app.get('/h', (req, res) => res.sendFile(page, req.options));

// As before.
app.get('/i', (req, res) => res.sendFile(page, { dotfiles: 'deny' }));
