const assert = require('assert')

suite('a', function () {
  suiteSetup(function () {})
  setup(function (done) { done() })
  teardown(function () {})
  suiteTeardown(function () {})
  test('b', function () {
    assert.ok(true)
  })
})
