import { Component } from 'react';
import { Base } from './base';

const input = <input ref={input} data-ref="x" />;

class Store extends Base {
  ref = "title";
}

export class Field extends Component {
  render() {
    return <input ref={this.input} innerRef="x" />;
  }
}

export const fields = [input, Store];
