import * as React from 'react';
import { render as mountAt, unmountComponentAtNode } from 'react-dom';
import { Panel } from './panel';

const host = document.createElement('div');

export class Bridge {
  show(text: string) {
    mountAt(<Panel>{text}</Panel>, host);
  }

  hide() {
    unmountComponentAtNode(host);
  }
}
