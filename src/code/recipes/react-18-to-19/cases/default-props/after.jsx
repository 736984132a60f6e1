import { memo } from 'react';

export function Badge({ tone = 'plain', ...rest }) {
  return <b data-tone={tone} {...rest} />;
}

const menuDefaultPropItems = [];
const menuDefaultPropOnPick = () => {};
const Menu = memo(function Menu({ items = menuDefaultPropItems, onPick: pick = menuDefaultPropOnPick }) {
  return items.map((item) => <a key={item} onClick={() => pick(item)}>{item}</a>);
});

const zero = 0;
export const Counter = ({ from = zero }) => <i>{from}</i>;
