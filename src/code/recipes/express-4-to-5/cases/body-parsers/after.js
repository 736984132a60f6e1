const express = require('express');
const bodyParser = require('body-parser');
const { urlencoded } = require('express');
const options = require('./options');
const app = express();

app.use(express.urlencoded({ extended: true }));
app.use(bodyParser.urlencoded({ limit: '1mb', extended: true }));
app.use(urlencoded({ extended: true }));
app.use(bodyParser.urlencoded(options));

// As before.
app.use(express.urlencoded({ extended: false }));
app.use(bodyParser.urlencoded({ 'extended': true }));
