const express = require('express');
const path = require('path');
const app = express();
const page = path.join(__dirname, 'views', 'page.html');

app.get('/a', (req, res) => res.sendfile('/srv/pages/index.html'));
app.get('/b', (req, res) => res.sendfile('pages/index.html'));
app.get('/c', (req, res, next) => res.sendfile(page, next));
app.get('/d', (req, res) => res.sendfile('b.txt', { root: __dirname, maxAge: 60 }));
app.get('/e', (req, res) => res.sendFile(path.join(__dirname, req.params.name)));
app.get('/f', (req, res) => res.sendFile(`${__dirname}/${req.params.id}.html`));
app.get('/g', (req, res) => res.sendFile(req.file, { hidden: false }));
app.get('/h', (req, res) => res.sendFile(page, req.options));

// As before.
app.get('/i', (req, res) => res.sendFile(page, { dotfiles: 'deny' }));
