import ts from 'typescript';
import server from 'typescript/lib/tsserverlibrary.js';
export const version = [ts.version, server];
