const express = require('express');
const axios = require('axios');
const http = require('http');
const { app: electron } = require('electron');
const cache = require('./cache');

const app = { del() {}, get() {}, param() {}, use() {}, listen() {} };
app.del('/x', () => {});
app.get('/x/:id?', (req, res) => {});
app.param(':id', () => {});
app.listen(3000, () => console.log('Listening'));

axios.get('/users/*');
axios.del('/users/1');
cache.del('users');
electron.get('/x*');

http.createServer((req, res) => {
  if (req.host) res.send(404);
  res.json({}, 404);
});

fetch('/users').then((res) => res.json({}, 200));
axios.get('/x').then((response) => response.send(404));

const shadowed = (express) => express.static('public');
shadowed({ static: (path) => path });

function unrelated(store, status) {
  store.send(404);
  store.json({}, status);
  store.redirect('back');
  store.sendfile('x');
  return store.param('id');
}

module.exports = { unrelated, paths: ['/a/:id?', '*'], text: "app.del('/x')" };
