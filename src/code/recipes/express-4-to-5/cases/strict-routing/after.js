const express = require('express');
const app = express();

app.enable('strict routing');
app.get('/users/:id(\\d+)', (req, res) => res.end());
app.get('/users{/:name}', (req, res) => res.end());
