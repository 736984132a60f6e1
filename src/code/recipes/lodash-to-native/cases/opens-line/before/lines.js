import _ from 'lodash'

const one = [1]
const two = one
_.map([1, 2], (x) => x).forEach((x) => console.log(x))
function last() {
  return _.isNil(two)
}
_.range(2).forEach((x) => console.log(x))
const three = {}
_.castArray(one).forEach((x) => console.log(x));
_.range(3).forEach((x) => console.log(x))
if (last()) _.range(1).forEach((x) => console.log(x))
else _.range(4).forEach((x) => console.log(three, x))
