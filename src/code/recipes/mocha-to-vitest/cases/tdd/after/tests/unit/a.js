const assert = require('assert')

suite('a', function () {
  beforeAll(function () {})
  beforeEach(() => new Promise((done) => { done() }))
  afterEach(function () {})
  afterAll(function () {})
  test('b', function () {
    assert.ok(true)
  })
})
