const express = require('express');
const app = express();
const router = express.Router();
const path = '/things/:id';

app.delete('/users/:id', remove);
app.delete(path, remove);
app.delete(/^\/old\/(\d+)$/, remove);
app.route('/notes').get(remove).delete(remove);
router.delete('/items/:id', [check, remove]);
app
  .get('/health', check)
  .delete('/cache', check, remove);

// No path, or no handler: nothing that Express 4 could answer.
app.del(function () {});
app.del(path);

function check(req, res, next) {
  next();
}

function remove(req, res) {
  res.end();
}
