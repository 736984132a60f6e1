const express = require('express');
const app = express();
const router = express.Router();
const path = '/things/:id';

app.del('/users/:id', remove);
app.del(path, remove);
app.del(/^\/old\/(\d+)$/, remove);
app.route('/notes').get(remove).del(remove);
router.del('/items/:id', [check, remove]);
app
  .get('/health', check)
  .del('/cache', check, remove);

// No path, or no handler: nothing that Express 4 could answer.
app.del(function () {});
app.del(path);

function check(req, res, next) {
  next();
}

function remove(req, res) {
  res.end();
}
