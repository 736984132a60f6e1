const express = require('express');
const { StatusCodes } = require('http-status-codes');
const router = express.Router();
const GONE = 410;

router.get('/a', (req, res) => res.send(404));
router.get('/b', (req, res) => res.send(GONE));
router.get('/c', (req, res) => res.send(StatusCodes.NOT_FOUND));
router.get('/d', (req, res) => res.send(401, { error: 'Log in first' }));
router.get('/e', (req, res) => res.send('<p>made</p>', 201));
router.get('/f', (req, res) => res.json(422, { errors: req.errors }));
router.get('/g', (req, res) => res.json({ made: true }, StatusCodes.CREATED));
router.get('/h', (req, res) => res.jsonp(list(), 206));
router.get('/i', (req, res) => {
  const status = req.ok ? 200 : 500;
  return res
    .set('X-Checked', 'yes')
    .json(
      // what was found
      { found: req.found },
      status,
    );
});
router.use((error, req, res, next) => {
  res.send(error.status || 500, { error: error.message });
});
router.get('/j', (req, res) => res.type('html').send(200));
router.get('/k', (req, res) => res.send(req.status));
router.get('/l', (req, res) => res.json(req.one, req.other));
router.get('/m', (req, res) => res.send(req.nested ? [1] : { a: res.send(503, 'inner') }, 200));

// As before.
router.get('/n', (req, res) => res.send('404'));
router.get('/o', (req, res) => res.json(404));
router.get('/p', (req, res) => res.send(req.body));
router.get('/q', (req, res) => res.status(404).send({ code: 404 }));
router.get('/r', (req, res) => res.send(...req.parts));

function list() {
  return [];
}
