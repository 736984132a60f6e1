import express from 'express';
import * as fs from 'fs';
import * as path from 'path';
import { promisify } from 'util';
namespace Tools {
  export const now = () => new Date();
}
declare module 'plain' {
  export const x: number;
}
export const app = express();
export const read = promisify(fs.readFile);
export const where = path.join('a', 'b');
export const at = Tools.now();
