#!/usr/bin/env node
import { Circle, area, describe } from './shapes.ts';
import type { Shape } from './shapes.ts';

const shapes: Shape[] = [];
shapes.push(new Circle(2));

const isCircle = (shape: Shape): shape is Circle => shape instanceof Circle;

export const names = shapes.filter(isCircle).map(describe);
export const sum = shapes.reduce((total, shape) => total + area(shape), 0);
