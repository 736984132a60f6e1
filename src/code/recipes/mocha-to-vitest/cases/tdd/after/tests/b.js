suite('b', function () {
  test('c', () => new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve())
    process.nextTick(done)
  }))
})
