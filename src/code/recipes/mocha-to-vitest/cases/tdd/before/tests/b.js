suite('b', function () {
  test('c', function (done) {
    process.nextTick(done)
  })
})
