const request = require('supertest');
const app = require('../app');

it('serves scripts', () => request(app).get('/a.js').expect('Content-Type', /application\/javascript/));
it('serves pages', async () => {
  const { headers } = await request(app).get('/');
  assert.equal(headers['content-type'], 'text/html; charset=UTF-8');
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
});
