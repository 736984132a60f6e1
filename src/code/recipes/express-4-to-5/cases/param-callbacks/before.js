const express = require('express');
const app = express();
const router = express.Router();

app.param(':id', load);
app.param([':user', 'page'], load);
router.param('sku', (req, res, next, sku) => {
  if (sku === '') return res.send(404);
  next();
});
router.param(['a', 'b'], load);
app.param((name, option) => (req, res, next, value) => next());

function load(req, res, next, id) {
  req.id = req.param('id', id);
  next();
}
