import { Outside } from './outside';

export const Own = ({ size = 1 }) => <i>{size}</i>;
Own.defaultProps = { size: 2 };

export const Whole = (props) => <i>{props.size}</i>;
Whole.defaultProps = { size: 2 };

export const Spread = ({ size }) => <i>{size}</i>;
Spread.defaultProps = { ...Own.sizes };

Outside.defaultProps = { size: 2 };

class Fine {}
Fine.defaultProps = { size: 2 };
