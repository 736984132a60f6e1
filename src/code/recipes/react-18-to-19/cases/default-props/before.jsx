import { memo } from 'react';

export function Badge({ tone, ...rest }) {
  return <b data-tone={tone} {...rest} />;
}

Badge.defaultProps = { tone: 'plain' };

const Menu = memo(function Menu({ items, onPick: pick }) {
  return items.map((item) => <a key={item} onClick={() => pick(item)}>{item}</a>);
});

Menu.defaultProps = {
  items: [],
  onPick: () => {},
};

const zero = 0;
export const Counter = ({ from }) => <i>{from}</i>;
Counter.defaultProps = { from: zero };
