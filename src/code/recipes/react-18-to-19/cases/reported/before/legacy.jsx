import React from 'react';
import { findDOMNode } from 'react-dom';
import { renderToNodeStream } from 'react-dom/server';
import * as ReactIs from 'react-is';

export class Provider extends React.Component {
  static childContextTypes = { store: () => null };

  getChildContext() {
    return { store: this.props.store };
  }

  componentDidMount() {
    findDOMNode(this).focus();
    renderToNodeStream(<p />);
    return ReactIs.isAsyncMode(this);
  }
}

export function Reader(_, { store }) {
  return <p>{store}</p>;
}
Reader.contextTypes = { store: () => null };

export function Factory() {
  return { render: () => <p /> };
}
