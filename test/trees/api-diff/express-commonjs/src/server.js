const express = require('express');

const app = express();
const router = express.Router();

app.use(express.json());
app.use(express.static('public'));
router.get('/', (req, res) => {
  res.json({ name: req.param('name') }); // breaks at run time
});
router.get('/file', (req, res) => {
  res.sendfile('x.txt'); // breaks at run time
});
app.del('/x', (req, res) => res.sendStatus(204)); // breaks at run time
app.get('/list', (req, res) => {
  res.status(200).send(req.query.page);
});
app.use('/api', router);
module.exports = app;
