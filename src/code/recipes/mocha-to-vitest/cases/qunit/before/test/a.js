suite('a');
test('b', function (done) { done(); });
