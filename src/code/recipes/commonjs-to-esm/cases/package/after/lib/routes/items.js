import Cart from '../cart.js';
export default function items() { return Cart.empty(); }
