import _ from 'lodash'

const one = [1]
const two = one
_.map([1, 2], (x) => x).forEach((x) => console.log(x))
function last() {
  return two == null
}
[...Array(2).keys()].forEach((x) => console.log(x))
const three = {}
_.castArray(one).forEach((x) => console.log(x));
[...Array(3).keys()].forEach((x) => console.log(x))
if (last()) [...Array(1).keys()].forEach((x) => console.log(x))
else [...Array(4).keys()].forEach((x) => console.log(three, x))
